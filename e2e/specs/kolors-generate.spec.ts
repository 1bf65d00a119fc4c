import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { Facebound } from '../fixtures/facebound-page.ts';
import { expect, KolorsPage, test } from '../fixtures/kolors.ts';

/** A task's reply while the vendor works on it, whichever task is asked for. */
const WORKING = { kind: 'json', value: { status_name: 'processing', status_final: false, task: { id: '1' } } } as const;

/** Longest pause between two questions for a task, in milliseconds. */
const LONGEST_PAUSE_MS = 15_000;

test.beforeEach(async ({ kolors, picture, vendor }, { title }) => {
  await kolors.begin(picture);
  await kolors.prepare(2, vendor.token, title);
});

test('one confirmation pays once, and leads to pictures that can be opened, compared and saved', async ({
  kolors,
  vendor,
  page,
  watch,
}) => {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  await kolors.panel.getByRole('radiogroup', { name: 'Pictures' }).getByRole('radio', { name: '3' }).click();
  await kolors.pressGenerate();
  await expect(kolors.confirmation).toContainText('Spend 3 credits?');
  await expect(kolors.confirmation.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(vendor.callsTo('kolors')).toHaveLength(0);
  await clickTwiceByHand(page, kolors.confirmation.getByRole('button', { name: 'Generate for 3 credits' }));
  await expect(kolors.panel).toBeVisible();
  await expect(kolors.cards.getByText('3 pictures')).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
  expect(vendor.creditsSpent).toBe(3);

  await test.step('the pictures, beside the face and as files', async () => {
    const made = kolors.cards.getByRole('img', { name: /^Made from Face 2/ });
    await expect(made).toHaveCount(3);
    for (const picture of await made.all()) {
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1024);
    }
    await kolors.panel.getByRole('button', { name: 'Open picture 2' }).click();
    const large = page.getByRole('dialog', { name: 'Picture 2 of 3' });
    await expect(large.getByRole('img', { name: 'Face 2 of team.jpg' })).toBeVisible();
    await expect(large.getByRole('link', { name: 'Open at Kling' })).toHaveAttribute('href', /cdn\/work-\d+-1\.jpg$/);

    const plain = await kolors.saved(() => large.getByRole('button', { name: 'Save', exact: true }).click());
    expect(plain.suggestedFilename()).toBe('team-kolors-2.jpg');
    expect(await sharp(await readFile(await plain.path())).metadata()).toMatchObject({ width: 1024, height: 576 });
    const clean = await kolors.saved(() => large.getByRole('button', { name: 'Save without watermark' }).click());
    expect(clean.suggestedFilename()).toBe('team-kolors-2-clean.jpg');
    expect(vendor.callsTo('download')[0]?.target).toMatch(/workIds=\d+1&fileTypes=PNG/);

    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('dialog', { name: 'Picture 3 of 3' })).toBeVisible();
  });

  await test.step('a plan without the clean version says so', async () => {
    watch.expectProblem(/download|402/);
    vendor.on('download', { kind: 'status', status: 402 });
    await page.getByRole('button', { name: 'Save without watermark' }).click();
    await expect(page.getByRole('alert')).toContainText('This plan does not offer the version without watermark.');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Picture 3 of 3' })).toHaveCount(0);
  });

  await test.step('two clicks in one moment pay once too', async () => {
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.prompt.fill('A baker');
    await kolors.pressGenerate();
    await kolors.confirmation.getByRole('button', { name: /^Generate for/ }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(kolors.cards.getByText('3 pictures')).toHaveCount(2);
    expect(vendor.callsTo('kolors')).toHaveLength(2);
  });

  await test.step('the token is in nothing that the page keeps or shows', async () => {
    const kept = await everythingKept(page);
    expect(kept).toContain('kling-v2-1');
    expect(kept).not.toContain(vendor.token);
    expect(urls.join('\n')).not.toContain(vendor.token);
  });
});

test('every way to fail has its words, and none pays twice', async ({ kolors, vendor, page, watch }) => {
  test.slow();
  let sent = 0;
  const generate = async () => {
    if (sent > 0) await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.generate();
    sent += 1;
    await expect(kolors.cards).toHaveCount(sent);
  };
  const newest = kolors.cards.first();
  const expectEnd = async (words: string) => {
    await expect(newest.getByRole('status')).toContainText(words);
    expect(vendor.callsTo('kolors')).toHaveLength(sent);
  };

  await test.step('every refusal costs nothing and says what to do', async () => {
    for (const [status, words] of [
      [400, 'Kling did not accept the request'],
      [401, 'The token was not accepted'],
      [402, 'Not enough credits, or no subscription'],
      [403, 'The account may not do this'],
      [404, 'The account is not there'],
      [429, 'Kling is at capacity'],
      [500, 'Moderation stopped this'],
      [596, 'The Kling account has lost its session'],
    ] as const) {
      watch.expectProblem(new RegExp(`kolors|${status}`));
      vendor.on('kolors', { kind: 'status', status }, 1);
      await generate();
      await expectEnd(words);
    }
    expect(vendor.creditsSpent).toBe(0);
    await expect(kolors.panel.getByRole('button', { name: /^Send again/ })).toHaveCount(0);
  });

  await test.step('a task that ends without a picture says why', async () => {
    for (const [value, words] of [
      [{ status_name: 'failed', status_final: true, message: 'Content violates our rules' }, 'Moderation stopped this'],
      [{ status_name: 'failed', status_final: true, message: 'Out of luck' }, 'Kling could not finish this'],
      [{ status_name: 'succeed', status_final: true, works: [] }, 'Done, but without a picture'],
    ] as const) {
      const end = vendor.on('task', { kind: 'json', value: { ...value, task: { id: '1' } } });
      await generate();
      await expectEnd(words);
      end();
    }
  });

  await test.step('a vanished task can be looked for again', async () => {
    watch.expectProblem(/tasks|404/);
    const findIt = vendor.on('task', { kind: 'status', status: 404 });
    await generate();
    await expectEnd('The task has vanished');
    findIt();
    await newest.getByRole('button', { name: 'Look again' }).click();
    await expectEnd('1 picture');
  });

  await test.step('a service that does not answer for a while is asked again', async () => {
    watch.expectProblem(/tasks|50[0-9]/);
    await page.clock.install();
    const unreachable = vendor.on('task', { kind: 'cut', when: 'before-headers' });
    await generate();
    await expect(newest.getByText('The page goes on asking.')).toBeVisible();
    await page.clock.fastForward(LONGEST_PAUSE_MS);
    await expect.poll(() => vendor.callsTo('task').length).toBeGreaterThan(1);
    unreachable();
    await page.clock.fastForward(LONGEST_PAUSE_MS);
    await expectEnd('1 picture');
  });
});

test('a server that stops is believed that it sent nothing; from nobody else is the same word', async ({
  kolors,
  vendor,
  page,
  watch,
}) => {
  watch.expectProblem(/503/);
  const body = JSON.stringify({ error: 'The server is about to restart.', code: 503, reason: 'restarting' });
  const refuse = (headers: Readonly<Record<string, string>>) =>
    page.route('**/images/kolors', (route) => route.fulfill({ status: 503, body, headers }), { times: 1 });
  const newest = kolors.cards.first();
  await refuse({ 'facebound-refused': 'restarting', 'retry-after': '1' });
  await kolors.generate();
  await expect(newest.getByRole('status')).toContainText('The server is restarting');
  await expect(newest).toContainText('nothing was paid');
  await refuse({});
  await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
  await kolors.generate();
  await expect(kolors.cards).toHaveCount(2);
  await expect(newest.getByRole('status')).toContainText('Sent, outcome unknown');
  expect(vendor.callsTo('kolors')).toHaveLength(0);
});

test('a second tab cannot pay again, and a reload before the answer leaves the outcome unknown in both', async ({
  kolors,
  vendor,
  picture,
  page,
  context,
  watch,
}, { title }) => {
  test.slow();
  watch.expectProblem(/never/);
  const other = new KolorsPage(await context.newPage());
  await other.begin(picture);
  await other.prepare(2, vendor.token, title);

  await test.step('what one tab sends, the other does not send too', async () => {
    vendor.on('kolors', { kind: 'held' }, 1);
    await kolors.generate();
    await expect(kolors.cards.getByText('Sending')).toBeVisible();
    await other.generate();
    await expect(other.panel.getByRole('alert')).toContainText('already on its way');
    await expect(other.cards.getByText('Sending')).toBeVisible();
    vendor.release();
    await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
    // The other tab follows, although it uploaded the picture to an address of its own.
    await expect(other.cards.getByText('1 picture', { exact: true })).toBeVisible();
    expect(vendor.callsTo('assets')).toHaveLength(2);
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });

  await test.step('a tab that is reloaded while it waits', async () => {
    vendor.on('kolors', { kind: 'held' }, 1);
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.prompt.fill('A baker');
    await kolors.generate();
    await expect(kolors.cards.getByText('Sending')).toBeVisible();
    await expect.poll(() => vendor.callsTo('kolors').length).toBe(2);
    await page.reload();
    await expect(other.cards.getByText('Sent, outcome unknown')).toBeVisible();
    await page.getByRole('button', { name: /^Generations/ }).click();
    await expect(kolors.cards.getByText('Sent, outcome unknown')).toBeVisible();
    vendor.release();
    await expect.poll(() => vendor.creditsSpent, 'the call that nobody waits for is paid').toBe(2);
  });

  await test.step('sending again needs the token, and a confirmation that names the cost', async () => {
    const again = kolors.panel.getByRole('button', { name: /^Send again/ });
    await expect(again).toHaveCount(0);
    await expect(kolors.panel.getByText('Enter your token to send it again.')).toBeVisible();
    await kolors.enterToken(vendor.token);
    await again.click();
    await expect(kolors.confirmation).toContainText('Pay 1 credit again?');
    await kolors.confirmation.getByRole('button', { name: 'Cancel' }).click();
    await expect(kolors.confirmation).toHaveCount(0);
    await expect(again).toBeFocused();
    expect(vendor.callsTo('kolors')).toHaveLength(2);
  });
});

test('a lost answer is not a reason to pay twice; sending again needs a second confirmation', async ({
  kolors,
  vendor,
  page,
  watch,
}) => {
  watch.expectProblem(/kolors|50[0-9]/);
  vendor.on('kolors', { kind: 'cut', when: 'before-headers' }, 1);
  await kolors.generate();
  await expect(kolors.cards.getByText('Sent, outcome unknown')).toBeVisible();
  await expect(kolors.cards.getByRole('status')).toContainText('may have taken the credits');
  await expect(kolors.cards.getByRole('status'), 'no advice to repeat it').not.toContainText(/try again/i);
  expect(vendor.callsTo('kolors')).toHaveLength(1);

  await test.step('it is not forgotten by a slip of the hand', async () => {
    await kolors.cards.getByRole('button', { name: 'Take off the list' }).click();
    await expect(kolors.confirmation).toContainText('another 1 credit could be spent');
    await expect(kolors.confirmation.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(kolors.confirmation).toHaveCount(0);
    await expect(kolors.cards).toHaveCount(1);
  });

  await test.step('the same request from the form is not a way around it', async () => {
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.generate();
    await expect(kolors.panel.getByRole('alert')).toContainText('already on its way');
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });

  await test.step('knowingly sent again', async () => {
    await kolors.panel.getByRole('button', { name: /^Send again/ }).click();
    await expect(kolors.confirmation).toContainText('Pay 1 credit again?');
    expect(vendor.callsTo('kolors')).toHaveLength(1);
    await kolors.confirmation.getByRole('button', { name: 'Send again for 1 credit' }).click();
    await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(2);
    await expect(kolors.panel.getByRole('button', { name: /^Send again/ })).toHaveCount(0);
  });

  await test.step('an answer that breaks off in its middle is lost too', async () => {
    vendor.on('kolors', { kind: 'cut', when: 'in-body' }, 1);
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.generate();
    await expect(kolors.cards.first().getByText('Sent, outcome unknown')).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(3);
  });

  await test.step('when the browser stores nothing, it is not sent even once', async () => {
    await page.evaluate(() => {
      IDBDatabase.prototype.transaction = () => {
        throw new DOMException('Storage is off', 'InvalidStateError');
      };
    });
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.prompt.fill('A baker');
    await kolors.generate();
    await expect(kolors.panel.getByRole('alert').first()).toContainText('nothing was sent');
    expect(vendor.callsTo('kolors')).toHaveLength(3);
  });
});

test('a task goes on while nobody looks, and after a reload as soon as the token is back', async ({
  kolors,
  vendor,
  page,
}) => {
  await page.clock.install();
  const finish = vendor.on('task', WORKING);
  await kolors.generate();
  await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();

  await test.step('leaving the panel and coming back', async () => {
    await page.keyboard.press('Escape');
    await expect(kolors.panel).toHaveCount(0);
    const asked = vendor.callsTo('task').length;
    await page.clock.fastForward(LONGEST_PAUSE_MS);
    await expect.poll(() => vendor.callsTo('task').length).toBeGreaterThan(asked);
    await page.getByRole('button', { name: 'Generations, 1 not finished' }).click();
    await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();
  });

  await test.step('a reload: the page asks for the token again and goes on asking', async () => {
    await page.reload();
    await expect(page.getByText('A generation is still running.')).toBeVisible();
    const asked = vendor.callsTo('task').length;
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(kolors.cards.getByText('Waiting for your token.')).toBeVisible();
    expect(vendor.callsTo('task')).toHaveLength(asked);
    await kolors.enterToken(vendor.token);
    await expect.poll(() => vendor.callsTo('task').length).toBeGreaterThan(asked);
    await page.keyboard.press('Escape');
    finish();
    await page.clock.fastForward(LONGEST_PAUSE_MS);
    // Finished while the panel was closed.
    await page.getByRole('button', { name: 'Generations', exact: true }).click();
    await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
    await expect(kolors.cards.getByRole('img', { name: 'Face 2 of team.jpg' })).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });
});

/** The page's HTML and all that it stores, as text. */
async function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const rows = await new Promise((resolve, reject) => {
      const opening = indexedDB.open('facebound');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const all = opening.result.transaction('generations').objectStore('generations').getAll();
        all.onsuccess = () => resolve(all.result);
      };
    });
    return JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]);
  });
}

test('forgetting everything names what is not finished, and keeps it from being paid twice unless told otherwise', async ({
  kolors,
  vendor,
  page,
  watch,
}) => {
  watch.expectProblem(/kolors|50[0-9]/);
  const forget = page.getByRole('alertdialog', { name: 'Forget everything?' });
  const askToForget = async () => {
    await page.getByRole('button', { name: 'Your work' }).click();
    await page.getByRole('button', { name: 'Forget everything…' }).click();
  };
  vendor.on('kolors', { kind: 'cut', when: 'before-headers' }, 1);
  await kolors.generate();
  await expect(kolors.cards.getByText('Sent, outcome unknown')).toBeVisible();
  vendor.on('task', WORKING);
  await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
  await kolors.prompt.fill('A baker');
  await kolors.generate();
  await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();
  await page.getByRole('button', { name: 'Close Kolors' }).click();

  await askToForget();
  await expect(forget).toContainText('2 generations are not finished and stay');
  const named = forget.getByRole('listitem').filter({ hasText: 'team.jpg' });
  await expect(named).toHaveCount(2);
  await expect(named.filter({ hasText: 'Sent, outcome unknown' })).toContainText('1 credit');
  await expect(named.filter({ hasText: 'Kling is working on it' })).toContainText('1 credit');
  await new Facebound(page).expectNoAxeViolations();
  await forget.getByRole('button', { name: 'Forget everything' }).click();
  await expect(page.getByText(/2 generations stay listed/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Generations, 2 not finished' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Generations, 2 not finished' })).toBeVisible();

  const facebound = new Facebound(page);
  await facebound.sample('Portrait');
  await facebound.expectFaces(1);
  await askToForget();
  await forget.getByRole('checkbox', { name: /^Forget these 2 as well/ }).check();
  await forget.getByRole('button', { name: 'Keep' }).click();
  await askToForget();
  const both = forget.getByRole('checkbox', { name: /^Forget these 2 as well/ });
  await expect(both, 'what was not confirmed is not remembered').not.toBeChecked();
  await both.check();
  await forget.getByRole('button', { name: 'Forget everything' }).click();
  await expect(page.getByText('Everything else is forgotten')).toBeVisible();
  await expect(page.getByText(/One picture lies at Kling and can still be removed there from here/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Generations/ })).toHaveCount(0);
  expect(vendor.callsTo('kolors')).toHaveLength(2);
});
/**
 * Two clicks at the speed of a hand: so far apart that the first has taken away what was clicked, and the second lands
 * on what lies behind. The page's clock stands meanwhile, because on a busy machine they are further apart.
 */
async function clickTwiceByHand(page: Page, button: Locator): Promise<void> {
  const place = await button.boundingBox();
  if (place === null) throw new Error('The button is not to be seen');
  const { x, y } = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.mouse.click(x, y);
  await expect(button).toBeHidden();
  await page.mouse.click(x, y);
  await page.clock.resume();
}
