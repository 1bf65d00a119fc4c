import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Facebound } from '../fixtures/facebound-page.ts';
import { meterCalls } from '../fixtures/meter-calls.ts';
import {
  brokenJpeg,
  type DrawnFile,
  drawnJpeg,
  drawnPng,
  groupOf,
  textFile,
  tinyPicture,
} from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

const DETECTIONS = '**/images/recognize-faces*';
const UPLOADS = '**/v1/kling/assets/**';
/** As many calls as the page has under way at once. */
const AT_ONCE = 3;

/** So many different small pictures, named `1.jpg` and so on, each with two faces. */
const pairs = (count: number, first = 1): Promise<DrawnFile[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      drawnJpeg(`${first + index}.jpg`, { ...groupOf(2, `queue-${first + index}`), width: 800, height: 500 }),
    ),
  );

const bar = (page: Page): Locator => page.getByRole('region', { name: 'All pictures' });
const picture = (facebound: Facebound, name: string): Locator =>
  facebound.pictures.getByRole('button', { name: new RegExp(`^${name.replaceAll('.', '\\.')}, `) });

/** Counts the POSTs to `/assets/` that were answered. */
function countUploads(page: Page): () => number {
  let uploads = 0;
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && response.url().endsWith('/assets/')) uploads += 1;
  });
  return () => uploads;
}

test('a batch is paused, goes on, grows, loses one to a cancel and gets it back, and the first is usable at once', async ({
  facebound,
  page,
}) => {
  const detections = await meterCalls(page, DETECTIONS);
  await facebound.open();
  await facebound.drop(...(await pairs(6)));
  detections.allow(1);
  // The first to come back is there to work with while five others are on their way.
  await facebound.pictures.getByRole('button', { name: /, 2 faces$/ }).click();
  await facebound.expectFaces(2);
  await facebound.clickFaceOnStage(2);
  await facebound.expectSelected(2);
  await expect(bar(page)).toContainText('1 of 6 done');

  await expect.poll(detections.came).toBe(1 + AT_ONCE);
  await bar(page).getByRole('button', { name: 'Pause' }).click();
  detections.allow(AT_ONCE);
  await expect(bar(page)).toContainText('4 of 6 done · paused');
  // What is added while everything rests, rests as well.
  await facebound.drop(...(await pairs(2, 7)));
  await expect(bar(page)).toContainText('4 of 8 done · paused');
  expect(detections.came()).toBe(1 + AT_ONCE);

  // What is under way goes on while other pictures are looked at.
  await bar(page).getByRole('button', { name: 'Resume' }).click();
  await expect.poll(detections.came).toBe(1 + 2 * AT_ONCE);
  await picture(facebound, '6.jpg').click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('Nothing was lost.')).toBeVisible();
  await picture(facebound, '1.jpg').click();
  await facebound.expectFaces(2);
  // The one that was cancelled is among them.
  detections.allow(AT_ONCE);
  await expect(bar(page)).toContainText(/^6 of 8 done · 1 without a result · .* left/);
  // Looking at what was cancelled does not begin it anew.
  await picture(facebound, '6.jpg').click();
  await expect(page.getByText('Nothing was lost.')).toBeVisible();
  await bar(page).getByRole('button', { name: 'Retry 1' }).click();
  detections.allow(10);
  await facebound.expectFaces(2);
  await expect(bar(page)).toBeHidden();
  await expect(page.getByRole('region', { name: 'Finished' })).toContainText('8 pictures, 16 faces');
  for (let name = 1; name <= 8; name++) await expect(picture(facebound, `${name}.jpg`)).toHaveAccessibleName(/2 faces/);
});

test('all are cancelled at once, in every stage; each can be had again, and what failed is tried again', async ({
  facebound,
  page,
  watch,
}) => {
  watch.expectProblem(/503|Service Unavailable/);
  const uploads = countUploads(page);
  const detections = await meterCalls(page, DETECTIONS);
  await facebound.open();
  await facebound.drop(...(await pairs(5)));
  await expect.poll(detections.came).toBe(AT_ONCE);
  await bar(page).getByRole('button', { name: 'Cancel all' }).click();
  await expect(bar(page)).toContainText('0 of 5 done · 5 without a result: 5 cancelled');
  await expect(bar(page).getByRole('button', { name: 'Pause' })).toBeHidden();

  // The service fails for good: told for each, and nothing else is lost.
  await page.unroute(DETECTIONS);
  await page.route(DETECTIONS, (route) => route.fulfill({ status: 400, json: { error: 'Not today' } }));
  watch.expectProblem(/400/);
  await bar(page).getByRole('button', { name: 'Retry 5' }).click();
  await facebound.expectAlert(/Not today/);
  // All of them, before the service works again: one that had not been asked yet would be found.
  for (let name = 1; name <= 5; name++) {
    await expect(picture(facebound, `${name}.jpg`)).toHaveAccessibleName(/did not accept the request/);
  }
  await page.unroute(DETECTIONS);
  await bar(page).getByRole('button', { name: 'Retry 5' }).click();
  for (let name = 1; name <= 5; name++) await expect(picture(facebound, `${name}.jpg`)).toHaveAccessibleName(/2 faces/);
  expect(uploads()).toBe(5);
});

test('a removed picture is brought back and goes on by itself; a pause ends with the work it was for', async ({
  facebound,
  page,
}) => {
  const uploads = await meterCalls(page, UPLOADS);
  const detections = await meterCalls(page, DETECTIONS);
  await facebound.open();
  await facebound.drop(...(await pairs(3)));
  await expect.poll(uploads.came).toBe(AT_ONCE);
  await bar(page).getByRole('button', { name: 'Pause' }).click();
  await facebound.pictures.getByRole('button', { name: 'Remove 2.jpg' }).click();
  await expect(picture(facebound, '2.jpg')).toBeHidden();
  // Two are no batch, but what was paused can be resumed.
  await expect(bar(page)).toContainText('0 of 2 done · paused');
  await page.getByRole('button', { name: 'Undo' }).click();
  await bar(page).getByRole('button', { name: 'Resume' }).click();
  uploads.allow(10);
  detections.allow(3);
  for (const name of ['1.jpg', '2.jpg', '3.jpg']) {
    await expect(picture(facebound, name)).toHaveAccessibleName(/2 faces/);
  }

  // Held until the pause, which a machine that is done before could not be told any more.
  const before = detections.came();
  await facebound.drop(...(await pairs(3, 4)));
  await expect.poll(detections.came).toBe(before + AT_ONCE);
  await bar(page).getByRole('button', { name: 'Pause' }).click();
  const closing = facebound.pictures.getByRole('button', { name: /^(Remove|Cancel) / });
  while ((await closing.count()) > 0) await closing.first().click();
  await expect(facebound.linkField).toBeVisible();
  detections.allow(10);
  await facebound.drop(...(await pairs(1, 7)));
  await facebound.expectFaces(2);
});

test('without a connection everything waits, and goes on when it is back; nothing is sent twice', async ({
  facebound,
  page,
  context,
  watch,
}) => {
  watch.expectProblem(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_FAILED/);
  const uploads = countUploads(page);
  const [first, second, third] = await pairs(3);
  if (first === undefined || second === undefined || third === undefined) throw new Error('No pictures');
  await facebound.open();
  await facebound.drop(first);
  await facebound.expectFaces(2);

  await context.setOffline(true);
  // The same bytes twice, under two names, in one drop.
  await facebound.drop(second, { ...second, name: 'copy of 2.jpg' }, third);
  await expect(picture(facebound, '3.jpg')).toBeVisible();
  await picture(facebound, '3.jpg').click();
  await expect(page.getByText('You are offline. It goes on when the connection is back.')).toBeVisible();
  await expect(bar(page)).toContainText('1 of 3 done · this device is offline');

  await context.setOffline(false);
  await facebound.expectFaces(2);
  await expect(picture(facebound, '2.jpg')).toHaveAccessibleName(/2 faces/);
  await expect(bar(page)).toBeHidden();
  await facebound.drop(first);
  await expect(picture(facebound, '1.jpg')).toHaveAttribute('aria-current', 'true');
  expect(uploads()).toBe(3);
});

test('how a batch ended stays when the window becomes a phone and a desk again, until it is hidden', async ({
  facebound,
  page,
}) => {
  await tellFaces(page, THREE_FACES);
  await facebound.open();
  await facebound.drop(...(await Promise.all([1, 2, 3].map((name) => plainPicture(`${name}.jpg`, `#5566${name}0`)))));
  const finished = page.getByRole('region', { name: 'Finished' });
  await expect(finished).toContainText('3 pictures, 9 faces');
  await facebound.resizeTo({ width: 390, height: 844 });
  await expect(finished).toContainText('3 pictures, 9 faces');
  await facebound.resizeTo({ width: 1440, height: 900 });
  await expect(finished).toContainText('3 pictures, 9 faces');
  await finished.getByRole('button', { name: 'Hide how it ended' }).click();
  await expect(finished).toBeHidden();
  await facebound.resizeTo({ width: 390, height: 844 });
  await expect(picture(facebound, '1.jpg')).toBeVisible();
  await expect(finished).toBeHidden();
});

test('every way in works while results are on screen', async ({ facebound, pictureHost }) => {
  const of = (name: string, people: number) => drawnJpeg(name, groupOf(people, name));
  const host = async (name: string, people: number) => {
    const { bytes } = await of(name, people);
    return pictureHost.serve(name, bytes, 'image/jpeg');
  };
  await facebound.open();
  await facebound.sample('Portrait');
  await facebound.expectFaces(1);
  await facebound.drop(await of('dropped.jpg', 2));
  await facebound.expectFaces(2);
  await facebound.browse(await of('chosen.jpg', 3));
  await facebound.expectFaces(3);
  await facebound.paste(await drawnPng('image.png', groupOf(4)));
  await facebound.expectFaces(4);
  await facebound.pasteText(await host('pasted.jpg', 5));
  await facebound.expectFaces(5);
  await facebound.link(await host('typed.jpg', 6));
  await facebound.expectFaces(6);
  await facebound.dragAddress({ 'text/uri-list': await host('dragged.jpg', 7) });
  await facebound.expectFaces(7);
  await facebound.sample('Group');
  await facebound.expectFaces(12);
  await expect(facebound.pictures.getByRole('button', { name: /faces?$/ })).toHaveCount(8);
  await expect(picture(facebound, 'Pasted picture')).toHaveAccessibleName('Pasted picture, 4 faces');
});

test('a folder is taken with the folders in it, and what is no picture gets a sentence each', async ({
  facebound,
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'facebound-folder-'));
  try {
    const [first, second, third] = await pairs(3);
    await mkdir(join(folder, 'album', 'older'), { recursive: true });
    for (const [path, file] of [
      ['older/10.jpg', third],
      ['older/9.jpg', second],
      ['1.jpg', first],
      ['notes.txt', textFile()],
      ['older/more-notes.txt', textFile()],
      ['older/broken.jpg', brokenJpeg()],
      ['older/tiny.png', await tinyPicture()],
    ] as const) {
      await writeFile(join(folder, 'album', path), file?.bytes ?? '');
    }
    await facebound.open();
    await facebound.dropPaths(join(folder, 'album'));
    for (const name of ['1.jpg', '9.jpg', '10.jpg']) {
      await expect(picture(facebound, name)).toHaveAccessibleName(/2 faces/);
    }
    const found = await facebound.pictures.getByRole('button', { name: /2 faces/ }).all();
    expect(await Promise.all(found.map((tile) => tile.getAttribute('title')))).toEqual(['1.jpg', '9.jpg', '10.jpg']);
    // Many sentences are a list that can be scrolled and closed at once, never a pile over the work.
    const messages = page.getByRole('region', { name: 'Messages' });
    await facebound.expectAlert(/4 messages/);
    for (const words of [
      /^notes\.txt: this is a text file, not a picture/,
      /^more-notes\.txt: this is a text file/,
      /^broken\.jpg: this picture is (damaged|cut off)/,
      /^tiny\.png: this picture is too small.*100 × 100 pixels.*300/,
    ]) {
      await expect(messages.getByRole('listitem').filter({ hasText: words })).toBeAttached();
    }
    await messages.getByRole('button', { name: 'Enlarge and use it' }).click();
    await picture(facebound, 'tiny.png').click();
    await expect(page.getByText('enlarged to 300 × 300 pixels').first()).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(3);
    for (const left of [2, 1, 0]) {
      await page
        .getByRole('button', { name: /^Dismiss: / })
        .first()
        .click();
      await expect(page.getByRole('alert')).toHaveCount(left);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
