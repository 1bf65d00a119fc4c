import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, KolorsPage, test } from '../fixtures/kolors.ts';

/** A task's reply while the vendor works on it, whichever task is asked for. */
const WORKING = { kind: 'json', value: { status_name: 'processing', status_final: false, task: { id: '1' } } } as const;

test.beforeEach(async ({ kolors, picture, vendor }, { title }) => {
  await kolors.begin(picture);
  await kolors.prepare(2, vendor.token, title);
});

test('a generation runs from one confirmation to pictures that can be opened, compared and saved', async ({
  kolors,
  vendor,
  page,
}) => {
  await kolors.panel.getByRole('radiogroup', { name: 'Pictures' }).getByRole('radio', { name: '3' }).click();
  await kolors.pressGenerate();
  await expect(kolors.confirmation).toContainText('Spend 3 credits?');
  await expect(kolors.confirmation.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(vendor.callsTo('kolors')).toHaveLength(0);
  await kolors.confirmation.getByRole('button', { name: 'Generate for 3 credits' }).click();
  await expect(kolors.cards.getByText('3 pictures')).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
  expect(vendor.creditsSpent).toBe(3);

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

test('a plan without the clean version says so', async ({ kolors, vendor, page, watch }) => {
  watch.expectProblem(/download|402/);
  vendor.on('download', { kind: 'status', status: 402 });
  await kolors.generate();
  await kolors.panel.getByRole('button', { name: 'Open picture 1' }).click();
  await page.getByRole('button', { name: 'Save without watermark' }).click();
  await expect(page.getByRole('alert')).toContainText('This plan does not offer the version without watermark.');
});

test('every refusal costs nothing and says what to do', async ({ kolors, vendor, watch }) => {
  test.slow();
  const REFUSALS = [
    [400, 'Kling did not accept the request'],
    [401, 'The token was not accepted'],
    [402, 'Not enough credits, or no subscription'],
    [403, 'The account may not do this'],
    [404, 'The account is not there'],
    [429, 'Kling is at capacity'],
    [500, 'Moderation stopped this'],
    [596, 'The Kling account has lost its session'],
  ] as const;
  for (const [index, [status, words]] of REFUSALS.entries()) {
    watch.expectProblem(new RegExp(`kolors|${status}`));
    vendor.on('kolors', { kind: 'status', status }, 1);
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.generate();
    await expect(kolors.cards).toHaveCount(index + 1);
    await expect(kolors.cards.first().getByRole('status')).toContainText(words);
    expect(vendor.callsTo('kolors')).toHaveLength(index + 1);
  }
  await expect(kolors.panel.getByRole('button', { name: /^Send again/ })).toHaveCount(0);
});

test('a task that ends without a picture says why', async ({ kolors, vendor }) => {
  const ENDS = [
    [{ status_name: 'failed', status_final: true, message: 'Content violates our rules' }, 'Moderation stopped this'],
    [{ status_name: 'failed', status_final: true, message: 'Out of luck' }, 'Kling could not finish this'],
    [{ status_name: 'succeed', status_final: true, works: [] }, 'Done, but without a picture'],
  ] as const;
  for (const [index, [value, words]] of ENDS.entries()) {
    const end = vendor.on('task', { kind: 'json', value: { ...value, task: { id: '1' } } });
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.generate();
    await expect(kolors.cards).toHaveCount(index + 1);
    await expect(kolors.cards.first().getByRole('status')).toContainText(words);
    expect(vendor.callsTo('kolors')).toHaveLength(index + 1);
    end();
  }
});

test('a vanished task can be looked for again', async ({ kolors, vendor, watch }) => {
  watch.expectProblem(/tasks|404/);
  const findIt = vendor.on('task', { kind: 'status', status: 404 });
  await kolors.generate();
  await expect(kolors.cards.getByText('The task has vanished')).toBeVisible();
  findIt();
  await kolors.panel.getByRole('button', { name: 'Look again' }).click();
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
});

test('a service that does not answer for a while is asked again', async ({ kolors, vendor, watch }) => {
  watch.expectProblem(/tasks|50[0-9]/);
  vendor.on('task', { kind: 'cut', when: 'before-headers' }, 2);
  await kolors.generate();
  await expect(kolors.cards.getByText('The page goes on asking.')).toBeVisible();
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
});

test.describe('one confirmation pays once', () => {
  test('when it is clicked twice at once', async ({ kolors, vendor }) => {
    await kolors.pressGenerate();
    await kolors.confirmation.getByRole('button', { name: /^Generate for/ }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });

  test('when it is double-clicked', async ({ kolors, vendor }) => {
    await kolors.pressGenerate();
    await kolors.confirmation.getByRole('button', { name: /^Generate for/ }).dblclick();
    await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });

  test('when a second tab wants the same', async ({ kolors, vendor, picture, context, watch }, { title }) => {
    watch.expectProblem(/never/);
    vendor.on('kolors', { kind: 'held' }, 1);
    await kolors.generate();
    await expect(kolors.cards.getByText('Sending')).toBeVisible();

    const other = new KolorsPage(await context.newPage());
    await other.begin(picture);
    await other.prepare(2, vendor.token, title);
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

  test('when the page is reloaded before the answer, which leaves the outcome unknown', async ({
    kolors,
    vendor,
    page,
  }) => {
    vendor.on('kolors', { kind: 'held' }, 1);
    await kolors.generate();
    await expect(kolors.cards.getByText('Sending')).toBeVisible();
    await expect.poll(() => vendor.callsTo('kolors').length).toBe(1);
    await page.reload();
    await page.getByRole('button', { name: /^Generations/ }).click();
    await expect(kolors.cards.getByText('Sent, outcome unknown')).toBeVisible();
    await expect(kolors.panel.getByRole('button', { name: /^Send again/ })).toHaveCount(0);
    await kolors.enterToken(vendor.token);
    await expect(kolors.panel.getByRole('button', { name: /^Send again/ })).toBeVisible();
    vendor.release();
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });

  test('when the answer is lost; sending again needs a second confirmation that names the cost', async ({
    kolors,
    vendor,
    watch,
  }) => {
    watch.expectProblem(/kolors|50[0-9]/);
    vendor.on('kolors', { kind: 'cut', when: 'before-headers' }, 1);
    await kolors.generate();
    await expect(kolors.cards.getByText('Sent, outcome unknown')).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(1);

    // The same request from the form is not a way around it.
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await kolors.generate();
    await expect(kolors.panel.getByRole('alert')).toContainText('already on its way');
    expect(vendor.callsTo('kolors')).toHaveLength(1);

    await kolors.panel.getByRole('button', { name: /^Send again/ }).click();
    await expect(kolors.confirmation).toContainText('Pay 1 credit again?');
    expect(vendor.callsTo('kolors')).toHaveLength(1);
    await kolors.confirmation.getByRole('button', { name: 'Send again for 1 credit' }).click();
    await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(2);
    await expect(kolors.panel.getByRole('button', { name: /^Send again/ })).toHaveCount(0);
  });

  test('when the answer breaks off in its middle', async ({ kolors, vendor, watch }) => {
    watch.expectProblem(/kolors|50[0-9]/);
    vendor.on('kolors', { kind: 'cut', when: 'in-body' }, 1);
    await kolors.generate();
    await expect(kolors.cards.getByText('Sent, outcome unknown')).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });

  test('when the browser stores nothing, not even once', async ({ kolors, vendor, page }) => {
    await page.evaluate(() => {
      IDBDatabase.prototype.transaction = () => {
        throw new DOMException('Storage is off', 'InvalidStateError');
      };
    });
    await kolors.generate();
    await expect(kolors.panel.getByRole('alert').first()).toContainText('nothing was sent');
    expect(vendor.callsTo('kolors')).toHaveLength(0);
  });
});

test('after a reload the page asks for the token again and goes on polling', async ({ kolors, vendor, page }) => {
  const finish = vendor.on('task', WORKING);
  await kolors.generate();
  await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();
  await page.reload();
  await expect(page.getByText('A generation is still running.')).toBeVisible();
  const asked = vendor.callsTo('task').length;
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(kolors.cards.getByText('Waiting for your token.')).toBeVisible();
  expect(vendor.callsTo('task')).toHaveLength(asked);
  finish();
  await kolors.enterToken(vendor.token);
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  await expect(kolors.cards.getByRole('img', { name: 'Face 2 of team.jpg' })).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
});

test('leaving the panel and coming back keeps it going', async ({ kolors, vendor, page }) => {
  const finish = vendor.on('task', WORKING);
  await kolors.generate();
  await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(kolors.panel).toHaveCount(0);
  finish();
  await expect(page.getByRole('button', { name: 'Generations', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Generations', exact: true }).click();
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
});

test('the token is in nothing that the page keeps or shows', async ({ kolors, vendor, page }) => {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  await kolors.generate();
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  const kept = await everythingKept(page);
  expect(kept).toContain('kling-v2-1');
  expect(kept).not.toContain(vendor.token);
  expect(urls.join('\n')).not.toContain(vendor.token);
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
