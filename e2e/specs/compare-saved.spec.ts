/** Answers that were saved, and everything else that leaves the page, as something to compare with. */

import type { Page } from '@playwright/test';
import { sayRestIsRight } from '../fixtures/checking.ts';
import { comparing } from '../fixtures/comparing.ts';
import { exportedAs, type SavedFile, savedBy, withoutSavePicker } from '../fixtures/exports.ts';
import { Facebound, type HandedFile } from '../fixtures/facebound-page.ts';
import { watchPage } from '../fixtures/page-watch.ts';
import { expect, test } from '../fixtures/test.ts';
import { plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

const handed = ({ name, bytes }: SavedFile): HandedFile => ({ name, type: '', bytes });

/** Hands a file of boxes over and compares with it. */
async function compareWith(page: Page, facebound: Facebound, file: HandedFile): Promise<void> {
  await facebound.drop(file);
  // By key: a click soon after another one at its place is taken for its second half.
  await comparing(page).question.getByRole('button', { name: 'Compare' }).press('Enter');
  await expect(comparing(page).question).toBeHidden();
}

test('today’s answer and a saved one of the same picture are compared, and each says what it is', async ({
  facebound,
  page,
  browser,
  server,
}) => {
  test.slow();
  const picture = await plainPicture('team.jpg');
  await tellFaces(page, THREE_FACES);
  await facebound.open();
  await facebound.drop(picture);
  await facebound.expectFaces(3);
  await withoutSavePicker(page);
  const yesterday = await exportedAs(page, /^Response and picture in one file/);

  const context = await browser.newContext({ baseURL: server.origin, viewport: page.viewportSize() });
  const today = new Facebound(await context.newPage());
  const watch = await watchPage(today.page, server.origin);
  const compare = comparing(today.page);
  const panel = today.page.getByRole('complementary', { name: 'Pairs of faces' });

  await test.step('the saved one lies beside its picture, once', async () => {
    // Another detector, another day: the third face is elsewhere.
    await tellFaces(today.page, [...THREE_FACES.slice(0, 2), { x: 980, y: 20, width: 150, height: 190 }]);
    await today.open();
    await today.drop(handed(yesterday));
    await today.expectFaces(3);
    await today.drop(picture);
    await expect(today.pictures.getByRole('button', { name: 'team.jpg, 3 faces' })).toHaveCount(2);
    await expect(today.page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
    await today.page.keyboard.press('v');
    await expect(compare.side('Answer')).toContainText('Embedded');
    await expect(compare.side('Compared with')).toContainText('Saved Embedded');
    await expect(compare.picture(/^team\.jpg/)).toHaveCount(1);
    await expect(compare.picture('team.jpg, 3 and 3 faces, 2 differences')).toHaveAttribute('aria-current', 'true');
  });

  await test.step('who is who, and what either has alone', async () => {
    await expect(compare.bar).toContainText('2 both');
    await expect(compare.pairs.getByRole('option', { name: 'Only Embedded, face 3' })).toBeVisible();
    await expect(compare.pairs.getByRole('option', { name: 'Only Saved Embedded, face 3' })).toBeVisible();
    await compare.pairs.getByRole('option', { name: 'Embedded 1 is Saved Embedded 1, IoU 1.00' }).click();
    await expect(panel).toContainText('Face 1 in Embedded is face 1 in Saved Embedded');
    await today.page.getByRole('button', { name: 'Swap' }).click();
    await expect(compare.side('Answer')).toContainText('Saved Embedded');
    await today.expectNoAxeViolations();
  });

  await test.step('boxes of a file are called by their file, here and on the table, after a reload and in a saved result', async () => {
    const { width, height } = { width: 1200, height: 800 };
    const label = THREE_FACES.slice(0, 1).map(
      (box) =>
        `0 ${(box.x + box.width / 2) / width} ${(box.y + box.height / 2) / height} ${box.width / width} ${box.height / height}`,
    );
    await today.drop({ name: 'team.txt', type: 'text/plain', bytes: Buffer.from(label.join('\n')) });
    await compare.question.getByRole('button', { name: 'Show as an answer' }).click();
    await compare.side('Answer').click();
    await today.page.getByRole('menuitemradio', { name: 'YOLO file' }).click();
    await expect(compare.bar).toContainText('2 only Embedded');
    await today.page.getByRole('button', { name: 'Leave' }).click();
    await today.pictures.getByRole('button', { name: 'team.jpg, 1 face' }).click();
    const told = today.page.getByText('from a YOLO file, nothing was sent');
    await expect(told).toBeVisible();
    await withoutSavePicker(today.page);
    const packed = await exportedAs(today.page, /^Response and picture in one file/);
    await today.reload();
    await today.pictures.getByRole('button', { name: 'team.jpg, 1 face' }).click();
    await expect(told).toBeVisible();
    await today.page.getByRole('button', { name: 'Remove team.jpg' }).last().click();
    await today.drop(handed(packed));
    await expect(told).toBeVisible();
  });
  expect(watch.undeclared()).toEqual([]);
  await context.close();
});

test('everything with boxes that leaves the page comes back as a truth, and agrees with itself', async ({
  facebound,
  page,
}) => {
  test.slow();
  const compare = comparing(page);
  await tellFaces(page, THREE_FACES);
  await facebound.open();
  await facebound.drop(await plainPicture('first.jpg'), await plainPicture('second.jpg', '#b08d57'));
  await facebound.expectFaces(3);
  await expect(page.getByRole('button', { name: 'second.jpg, 3 faces' })).toBeVisible();
  await withoutSavePicker(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'All 2 pictures' }).click();

  for (const [format, name] of [
    [/^CSV/, 'faces.csv'],
    [/^COCO/, 'coco.json'],
    [/^YOLO/, '2 YOLO files'],
    [/^Pascal VOC/, '2 Pascal VOC files'],
  ] as const) {
    await test.step(name, async () => {
      const saved = await exportedAs(page, format);
      await compareWith(page, facebound, handed(saved));
      await expect(compare.side('Compared with')).toContainText(name);
      await expect(compare.figure('Matched')).toContainText(/3.*6/);
      await expect(compare.figure('F1')).toContainText(/100\.0 %.*100\.0 %/);
      await expect(compare.figure('False')).toContainText(/0.*0/);
    });
  }

  await test.step('what was checked, as its file and as the data of the report', async () => {
    await compare.way('Picture by picture').click();
    await expect(page.getByRole('group', { name: 'Verdict on face 1', exact: true })).toBeVisible();
    await page.keyboard.press('w');
    await page.keyboard.press('1');
    await expect(page.getByRole('group', { name: 'Verdict on face 2', exact: true })).toBeVisible();
    await sayRestIsRight(page);
    await expect(compare.picture(/^second\.jpg/)).toHaveAttribute('aria-current', 'true');
    await expect(page.getByRole('group', { name: 'Verdict on face 1', exact: true })).toBeVisible();
    await sayRestIsRight(page);
    await expect(compare.bar).toContainText('done');
    const check = await savedBy(page, () => page.getByRole('button', { name: 'Save the check as a file' }).click());
    const dialog = page.getByRole('dialog', { name: 'Report' });
    const reported: SavedFile[] = [];
    for (const format of ['CSV', 'JSON', 'COCO']) {
      await compare.bar.getByRole('button', { name: 'Report' }).click();
      await dialog.getByRole('radio', { name: new RegExp(format) }).check();
      reported.push(await savedBy(page, () => page.keyboard.press('Enter')));
      await expect(dialog).toBeHidden();
    }
    for (const file of [check, ...reported]) {
      await compareWith(page, facebound, handed(file));
      await expect(compare.side('Compared with')).toContainText(file.name);
      // The one that was called no face is none in the truth.
      await expect(compare.figure('Matched')).toContainText(/3.*5/);
      await expect(compare.figure('False')).toContainText(/0.*1/);
      await expect(compare.picture('first.jpg, 1 false, F1 80.0 %')).toBeVisible();
    }
  });

  await test.step('and the raw responses, packed, as answers', async () => {
    await page.getByRole('button', { name: 'Leave' }).click();
    const saved = await exportedAs(page, /^Raw JSON/);
    expect(saved.name).toMatch(/\.zip$/);
    await facebound.drop(handed(saved));
    await expect(page.getByRole('button', { name: 'first.jpg, 3 faces' })).toHaveCount(2);
  });
});
