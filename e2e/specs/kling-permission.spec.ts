import type { Page } from '@playwright/test';
import type { FakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { chooseExport } from '../fixtures/exports.ts';
import type { Facebound } from '../fixtures/facebound-page.ts';
import { expect, test as klingTest } from '../fixtures/kling.ts';
import { type DrawnFile, drawnJpeg, groupOf } from '../fixtures/pictures.ts';

/** The server has a token, so that nothing but the person stands between a picture and Kling. */
const test = klingTest.extend({
  baseURL: async ({ tokenServer }, use) => use(tokenServer.origin),
});

const small = (name: string, seed: string) =>
  drawnJpeg(`${name}.jpg`, { ...groupOf(1, `permission ${seed}`), width: 480, height: 360 });
const many = Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => small(name, name)));

const engine = (page: Page, name: 'Embedded' | 'Kling') => page.getByRole('radio', { name, exact: true });
const question = (page: Page) => page.getByRole('alertdialog');
const batch = (page: Page) => page.getByRole('region', { name: 'All pictures' });
const answer = (page: Page, name: string) => question(page).getByRole('button', { name, exact: true }).click();

/** How many pictures Kling was sent, and how many times it was asked for faces. */
const sentTo = (vendor: FakeVendor) => [vendor.callsTo('assets').length, vendor.callsTo('recognize').length];

/** Where a picture stands, by its tile. */
const tile = (facebound: Facebound, name: string, words: RegExp) =>
  facebound.pictures.getByRole('button', { name: new RegExp(`^${name}\\.jpg, .*${words.source}`, 'i') });
const NOT_SENT = /not sent to kling/;
const FACES = /\d faces?/;

/** Opens the page with these pictures, which the embedded engine has looked at; that takes its time on a busy machine. */
async function withEmbedded(facebound: Facebound, pictures: readonly DrawnFile[]): Promise<void> {
  await facebound.open();
  await engine(facebound.page, 'Embedded').click();
  await facebound.drop(...pictures);
  await expect(facebound.pictures.getByRole('button', { name: /^\w+\.jpg, \d faces?$/ })).toHaveCount(pictures.length, {
    timeout: 60_000,
  });
}

test('no arrow key chooses an engine: after a click they walk the faces, on the switch they move the focus', async ({
  facebound,
  page,
  vendor,
}) => {
  await withEmbedded(facebound, [await drawnJpeg('pair.jpg', groupOf(2)), await small('one', 'arrow')]);
  await facebound.pictures.getByRole('button', { name: /^pair\.jpg/ }).click();
  await facebound.expectFaces(2);
  await engine(page, 'Embedded').click();
  await page.keyboard.press('ArrowRight');
  await facebound.expectSelected(1);
  await page.keyboard.press('ArrowRight');
  await facebound.expectSelected(2);
  await engine(page, 'Embedded').focus();
  for (const [key, at] of [
    ['ArrowRight', 'Kling'],
    ['ArrowRight', 'Embedded'],
    ['ArrowLeft', 'Kling'],
    ['Home', 'Embedded'],
    ['End', 'Kling'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(engine(page, at)).toBeFocused();
    await expect(engine(page, 'Embedded')).toBeChecked();
  }
  await expect(question(page)).toBeHidden();
  await page.keyboard.press('Space');
  await expect(question(page), 'Space chooses, and that asks').toBeVisible();
  await page.keyboard.press('Escape');
  await expect(engine(page, 'Kling')).toBeFocused();
  await expect(engine(page, 'Embedded')).toBeChecked();
  expect(sentTo(vendor)).toEqual([0, 0]);
});

test('pictures that came beside data are asked about once, all of them, and never sent for the sake of the data', async ({
  facebound,
  page,
  vendor,
}) => {
  const file = (name: string, text: string) => ({ name, type: '', bytes: Buffer.from(text) });
  await facebound.open();
  await expect(engine(page, 'Kling')).toBeChecked();

  await test.step('beside files that nobody can read here: one question for all', async () => {
    await facebound.drop(
      await small('a', 'beside a'),
      file('a.xml', '<?xml version="1.0"?><notes><filename>a.jpg</filename></notes>'),
      await small('b', 'beside b'),
      file('b.txt', 'One face, in the middle'),
    );
    await expect(page.getByRole('alertdialog', { name: 'Send 2 pictures to Kling?' })).toBeVisible();
    await expect(question(page)).toContainText('They came with a file that names them or that cannot be read here.');
    await facebound.expectNoAxeViolations();
    await answer(page, 'Cancel');
    for (const name of ['a', 'b']) await expect(tile(facebound, name, NOT_SENT)).toBeVisible();
    expect(sentTo(vendor)).toEqual([0, 0]);
  });

  await test.step('beside a response that belongs to another picture of them, and sent once that is wanted', async () => {
    const reply = JSON.stringify([{ json: { status: 0, faceItems: [], mediaInfo: { width: 480, height: 360 } } }]);
    await facebound.drop(await small('c', 'beside c'), file('1.json', reply), file('2.json', reply));
    await expect(page.getByRole('alertdialog', { name: 'Send 1 picture to Kling?' })).toBeVisible();
    expect(sentTo(vendor)).toEqual([0, 0]);
    await answer(page, 'Send it');
    await expect(tile(facebound, 'c', FACES)).toBeVisible();
    expect(sentTo(vendor)).toEqual([1, 1]);
  });

  await test.step('with a document that is read nothing is asked: its picture has its answer, others are sent', async () => {
    const coco = JSON.stringify({ images: [{ id: 1, width: 480, height: 360, file_name: 'd.jpg' }], annotations: [] });
    await facebound.drop(file('coco.json', coco), await small('d', 'beside d'), await small('e', 'beside e'));
    await page.getByRole('button', { name: 'Show as an answer' }).click();
    await expect(tile(facebound, 'd', /0 faces/)).toBeVisible();
    await expect(tile(facebound, 'e', FACES)).toBeVisible();
    await expect(question(page)).toBeHidden();
    expect(sentTo(vendor)).toEqual([2, 2]);
  });
});

test('choosing Kling with pictures open asks once, with the number; what was not allowed is told as that everywhere', async ({
  facebound,
  page,
  vendor,
}) => {
  test.slow();
  const embeddedCalls: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/engines/embedded/')) embeddedCalls.push(request.url());
  });
  await withEmbedded(facebound, await many);
  await facebound.pictures.getByRole('button', { name: /^b\.jpg/ }).click();

  await test.step('Cancel and Esc leave everything as it was', async () => {
    await engine(page, 'Kling').click();
    await expect(page.getByRole('alertdialog', { name: 'Send 5 pictures to Kling?' })).toBeVisible();
    await expect(question(page).getByRole('button')).toHaveText(['Cancel', 'Only this one', 'All 5']);
    await expect(question(page).getByRole('button', { name: 'Cancel' })).toBeFocused();
    await facebound.expectNoAxeViolations();
    await answer(page, 'Cancel');
    await expect(engine(page, 'Embedded')).toBeChecked();
    await engine(page, 'Kling').click();
    await page.keyboard.press('Escape');
    await expect(question(page)).toBeHidden();
    await expect(engine(page, 'Embedded')).toBeChecked();
    expect(sentTo(vendor)).toEqual([0, 0]);
  });

  await test.step('only this one', async () => {
    await engine(page, 'Kling').click();
    await answer(page, 'Only this one');
    await expect(engine(page, 'Kling')).toBeChecked();
    await facebound.expectFaces(2);
    await expect(facebound.pictures.getByRole('button', { name: /, not sent to kling$/i })).toHaveCount(4);
    await expect(tile(facebound, 'b', FACES)).toBeVisible();
    await expect(batch(page)).toContainText('4 not sent to Kling');
    expect(sentTo(vendor)).toEqual([1, 1]);
    await facebound.expectNoAxeViolations();
  });

  await test.step('the others say it on the stage, in the export and before an audience', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const menu = page.getByRole('menu', { name: 'Export' });
    await expect(menu).toContainText('4 pictures not sent to Kling');
    await expect(menu.getByRole('menuitem', { name: /^CSV/ })).toBeEnabled();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Present', exact: true }).click();
    await page.keyboard.press(']');
    const presentation = page.getByRole('dialog', { name: 'Presentation' });
    await expect(presentation.getByText('Not sent to Kling')).toBeVisible();
    await expect(presentation.getByRole('button', { name: 'Send to Kling' })).toBeVisible();
    await expect(presentation.getByText(/no faces/i)).toHaveCount(0);
    await page.keyboard.press('Escape');

    await expect(facebound.stage.getByText(/Not sent to Kling/)).toBeVisible();
    await expect(facebound.faces).toHaveCount(0);
    await facebound.inspector.getByRole('tab', { name: 'Request' }).click();
    await expect(facebound.inspector.getByText('No call has been made for this picture.')).toBeVisible();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(menu).toContainText('4 pictures not sent to Kling');
    await expect(menu.getByRole('menuitem', { name: 'Send this picture to Kling' })).toBeEnabled();
    await expect(menu.getByRole('menuitem', { name: /^CSV/ })).toBeDisabled();
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('Escape');
    expect(sentTo(vendor)).toEqual([1, 1]);
  });

  await test.step('nobody is asked again about what was left out, and embedded results are still there', async () => {
    const before = embeddedCalls.length;
    await facebound.stage.getByRole('button', { name: 'Show Embedded' }).click();
    await expect(engine(page, 'Embedded')).toBeChecked();
    await facebound.expectFaces(1);
    await expect(facebound.pictures.getByRole('button', { name: /^\w\.jpg, 1 face$/ })).toHaveCount(5);
    await expect(batch(page)).toBeHidden();
    await engine(page, 'Kling').click();
    await expect(engine(page, 'Kling')).toBeChecked();
    await expect(question(page)).toBeHidden();
    expect(sentTo(vendor)).toEqual([1, 1]);
    expect(embeddedCalls.length).toBe(before);
  });

  await test.step('a reload keeps what was allowed and what was not', async () => {
    await facebound.reload();
    await expect(facebound.pictures.getByRole('button', { name: /, not sent to kling$/i })).toHaveCount(4);
    await expect(tile(facebound, 'b', FACES)).toBeVisible();
    expect(sentTo(vendor)).toEqual([1, 1]);
  });

  await test.step('a button sends the open one, another all that are left', async () => {
    await facebound.stage.getByRole('button', { name: 'Send to Kling' }).click();
    await facebound.expectFaces(2);
    expect(sentTo(vendor)).toEqual([2, 2]);
    await batch(page).getByRole('button', { name: 'Send 3 to Kling' }).click();
    await expect(facebound.pictures.getByRole('button', { name: /^\w\.jpg, 2 faces$/ })).toHaveCount(5);
    expect(sentTo(vendor)).toEqual([5, 5]);
    await expect(batch(page)).toBeHidden();
  });
});

test('All sends all, in the middle of it a reload goes on with what was allowed', async ({
  facebound,
  page,
  vendor,
}) => {
  await withEmbedded(facebound, (await many).slice(0, 3));
  const release = vendor.on('assets', { kind: 'held' });
  await engine(page, 'Kling').click();
  await answer(page, 'All 3');
  await expect.poll(() => vendor.callsTo('assets').length).toBe(3);
  await facebound.reload();
  release();
  vendor.release();
  await expect(facebound.pictures.getByRole('button', { name: /^\w\.jpg, 2 faces$/ })).toHaveCount(3);
  expect(vendor.callsTo('recognize')).toHaveLength(3);
});

test('without the open picture in question Kling can be chosen without sending anything', async ({
  facebound,
  page,
  vendor,
}) => {
  const [a, b] = await many;
  if (a === undefined || b === undefined) throw new Error('There are five pictures');
  await facebound.open();
  await facebound.drop(a);
  await facebound.expectFaces(2);
  await engine(page, 'Embedded').click();
  await facebound.expectFaces(1);
  await facebound.drop(b);
  await expect(tile(facebound, 'b', FACES)).toBeVisible();
  await facebound.pictures.getByRole('button', { name: /^a\.jpg/ }).click();
  await engine(page, 'Kling').click();
  await expect(page.getByRole('alertdialog', { name: 'Send 1 picture to Kling?' })).toBeVisible();
  await answer(page, 'Send none');
  await facebound.expectFaces(2);
  await expect(tile(facebound, 'b', NOT_SENT)).toBeVisible();
  expect(sentTo(vendor)).toEqual([1, 1]);
});

test('while Kling is chosen the window says that what is dropped is sent there', async ({ facebound, page }) => {
  await facebound.open();
  await expect(engine(page, 'Kling')).toBeChecked();
  await facebound.dragOver(...(await many));
  await expect(page.getByRole('status').filter({ hasText: 'Drop to send 5 pictures to Kling' })).toBeVisible();
});

test.describe('Kling hears of no picture', () => {
  test('when a shared address brings another one', async ({ facebound, page, vendor, pictureHost }) => {
    await withEmbedded(facebound, (await many).slice(0, 2));
    const link = pictureHost.serve('shared.jpg', (await small('shared', 'shared')).bytes, 'image/jpeg');
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `${new URLSearchParams({ link, engine: 'kling' })}`,
    );
    await answer(page, 'Send to Kling');
    await facebound.expectFaces(2);
    await expect(facebound.pictures.getByRole('button', { name: /^[ab]\.jpg, not sent to kling$/i })).toHaveCount(2);
    expect(sentTo(vendor)).toEqual([0, 1]);
    expect(vendor.callsTo('recognize')[0]?.body.toString()).toContain(link);
  });

  test('when another tab’s choice counts after a reload', async ({ facebound, page, vendor }) => {
    await withEmbedded(facebound, (await many).slice(0, 2));
    await page.evaluate(() => localStorage.setItem('facebound.engine', 'kling'));
    await facebound.reload();
    await expect(engine(page, 'Kling')).toBeChecked();
    await expect(facebound.pictures.getByRole('button', { name: /not sent to kling$/i })).toHaveCount(2);
    expect(sentTo(vendor)).toEqual([0, 0]);
  });

  test('when a removed one is brought back, or a link is tried again, after the engine was changed', async ({
    facebound,
    page,
    vendor,
    pictureHost,
    watch,
  }) => {
    watch.expectProblem(/app\/image/);
    const [a, b] = await many;
    if (a === undefined || b === undefined) throw new Error('There are five pictures');
    await withEmbedded(facebound, [a, b]);
    const late = pictureHost.serve('late.jpg', new TextEncoder().encode('not yet'), 'text/plain');
    await facebound.link(late);
    await facebound.expectAlert(/late\.jpg/);
    await facebound.pictures.getByRole('button', { name: /^a\.jpg/ }).hover();
    await facebound.pictures.getByRole('button', { name: 'Remove a.jpg' }).click();
    await engine(page, 'Kling').click();
    await expect(page.getByRole('alertdialog', { name: 'Send 1 picture to Kling?' })).toBeVisible();
    await answer(page, 'Send it');
    await facebound.expectFaces(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(tile(facebound, 'a', NOT_SENT)).toBeVisible();
    pictureHost.serve('late.jpg', (await small('late', 'late')).bytes, 'image/jpeg');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(tile(facebound, 'late', NOT_SENT)).toBeVisible();
    expect(sentTo(vendor)).toEqual([1, 1]);
  });

  test('when a remembered one is opened again', async ({ facebound, page, vendor }) => {
    const [a] = await many;
    if (a === undefined) throw new Error('There are five pictures');
    await withEmbedded(facebound, [a]);
    await page.getByRole('button', { name: 'Your work' }).click();
    await page.getByRole('switch', { name: /^Keep pictures too/ }).click();
    await page.keyboard.press('Escape');
    await facebound.pictures.getByRole('button', { name: 'Remove a.jpg' }).click();
    await engine(page, 'Kling').click();
    await page.getByRole('button', { name: /^Open a\.jpg/ }).click();
    await expect(facebound.stage.getByText(/Not sent to Kling/)).toBeVisible();
    expect(sentTo(vendor)).toEqual([0, 0]);
  });
});

test.describe('with a token of one’s own', () => {
  klingTest('one that is entered later asks about what is open', async ({ facebound, page, vendor }) => {
    await facebound.open();
    await engine(page, 'Kling').click();
    await page.keyboard.press('Escape');
    await facebound.drop(...(await many).slice(0, 3));
    await expect(facebound.pictures.getByRole('button', { name: /Kling needs a token$/ })).toHaveCount(3);
    await page.getByRole('button', { name: 'Enter a token', exact: true }).click();
    await page.getByLabel('API token').fill(vendor.token);
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await expect(page.getByRole('alertdialog', { name: 'Send 3 pictures to Kling?' })).toBeVisible();
    await answer(page, 'Cancel');
    await expect(facebound.pictures.getByRole('button', { name: /not sent to kling$/i })).toHaveCount(3);
    expect(sentTo(vendor)).toEqual([0, 0]);
    await batch(page).getByRole('button', { name: 'Send 3 to Kling' }).click();
    await expect(facebound.pictures.getByRole('button', { name: /, 2 faces$/ })).toHaveCount(3);
    expect(sentTo(vendor)).toEqual([3, 3]);
  });
});

test.describe('with several accounts', () => {
  klingTest.use({ accounts: ['ana@example.com', 'ben@example.com'] });

  klingTest('another account is another recipient', async ({ facebound, page, vendor }) => {
    const [a] = await many;
    if (a === undefined) throw new Error('There are five pictures');
    await facebound.open();
    await engine(page, 'Kling').click();
    await page.getByLabel('API token').fill(vendor.token);
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await facebound.drop(a);
    await facebound.expectAlert(/Choose an account/);
    await page.getByRole('button', { name: 'Choose an account', exact: true }).click();
    await page.getByRole('radio', { name: /ana@example.com/ }).click();
    await facebound.expectFaces(2);
    const sent = sentTo(vendor);
    await page.getByRole('radio', { name: /ben@example.com/ }).click();
    await expect(page.getByRole('alertdialog', { name: 'Send 1 picture to Kling?' })).toContainText('ben@example.com');
    await answer(page, 'Cancel');
    await expect(facebound.stage.getByText(/Not sent to Kling/)).toBeVisible();
    expect(sentTo(vendor)).toEqual(sent);
  });
});

test('exporting all leaves out what was not sent, and can send it', async ({ facebound, page, vendor }) => {
  await withEmbedded(facebound, (await many).slice(0, 3));
  await engine(page, 'Kling').click();
  await answer(page, 'Only this one');
  await facebound.expectFaces(2);
  await chooseExport(page, /^Send 2 to Kling/);
  await expect(facebound.pictures.getByRole('button', { name: /, 2 faces$/ })).toHaveCount(3);
  expect(sentTo(vendor)).toEqual([3, 3]);
});
