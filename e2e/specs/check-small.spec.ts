/** Check mode below three columns: in one hand, and with buttons alone. */
import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { z } from 'zod';
import { checking } from '../fixtures/checking.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { Fingers, thumbProblems } from '../fixtures/touch.ts';

/** What a saved check holds, as far as it is read here. */
const CHECK = z.looseObject({
  format: z.literal('facebound-check'),
  sets: z.array(z.looseObject({})),
  records: z.array(z.looseObject({ name: z.string() })),
});

async function middleOf(locator: Locator) {
  const place = await locator.boundingBox();
  if (place === null) throw new Error(`${locator} is not drawn`);
  return { x: place.x + place.width / 2, y: place.y + place.height / 2 };
}

test.describe('in one hand', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('two pictures are checked by thumb alone', async ({ facebound, page }) => {
    test.slow();
    const check = checking(page);
    const fingers = await Fingers.on(page);
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(4)), await drawnJpeg('pair.jpg', groupOf(2, 'pair')));
    await facebound.expectFaces(4);
    await expect(page.getByRole('button', { name: 'pair.jpg, 2 faces' })).toBeVisible();

    await test.step('the way in is in the menu', async () => {
      await page.getByRole('button', { name: /^Theme/ }).tap();
      await page.getByRole('menuitem', { name: 'Check' }).tap();
      await expect(check.group(1)).toBeVisible();
      await expect(page.getByRole('heading', { name: /^team\.jpg/ })).toBeVisible();
      await expect(page.getByRole('banner')).toBeHidden();
      await facebound.expectNoAxeViolations();
      expect(await thumbProblems(page)).toEqual([]);
    });

    await test.step('verdicts and reasons', async () => {
      await check.button('Right').tap();
      await expect(check.group(2)).toBeVisible();
      const before = await facebound.stage.boundingBox();
      await check.button('Wrong').tap();
      expect(await thumbProblems(page)).toEqual([]);
      await facebound.expectNoAxeViolations();
      expect(await facebound.stage.boundingBox()).toEqual(before);
      await check.button('Double').tap();
      await expect(check.group(3)).toBeVisible();
      await expect(check.face('Face 2, wrong, double')).toBeVisible();
    });

    await test.step('a swipe along the crops walks, one over the picture judges nothing', async () => {
      const row = await middleOf(page.getByRole('listbox', { name: 'Faces' }));
      await fingers.drag([row], [{ x: row.x - 68, y: row.y }]);
      await expect(check.group(4)).toBeVisible();
      const stage = await middleOf(facebound.stage);
      await fingers.drag([stage], [{ x: stage.x - 150, y: stage.y }]);
      await expect(check.group(4)).toBeVisible();
      await expect(check.bar).toContainText('2 of 6 faces');
    });

    await test.step('a missed face is drawn with one finger, looked at, kept, deleted and brought back', async () => {
      await check.button('Missed a face').tap();
      const stage = await middleOf(facebound.stage);
      const from = { x: stage.x - 150, y: stage.y - 120 };
      const to = { x: from.x + 80, y: from.y + 100 };
      await fingers.drag([from], [to]);
      await expect(page.getByRole('button', { name: /^New missed face, / })).toBeVisible();
      await expect(check.bar).toContainText('0 missed');
      expect(await thumbProblems(page)).toEqual([]);
      // Also time enough for the browser to take the tap for one, and not for the end of the stroke.
      await facebound.expectNoAxeViolations();
      await check.button('Keep').tap();
      await expect(check.bar).toContainText('1 missed');
      await check.missed.tap();
      await check.button('Delete missed face 1').tap();
      await expect(check.bar).toContainText('0 missed');
      await check.button('Undo').tap();
      await expect(check.missed).toBeVisible();
    });

    await test.step('the rest is right, and back to a picture of the list', async () => {
      await check.button('The rest is right').tap();
      await expect(page.getByRole('heading', { name: /^pair\.jpg/ })).toBeVisible();
      await check.button(/^pair\.jpg/).tap();
      await page.getByRole('button', { name: 'team.jpg, 1 of 2, 4 of 4 faces checked, 1 wrong, 1 missed' }).tap();
      await expect(page.getByRole('heading', { name: /^team\.jpg/ })).toBeVisible();
      await check.button('Next picture').tap();
      await check.button('All right').tap();
      await expect(check.bar).toContainText('done');
      await check.button('Leave').tap();
      await expect(page.getByRole('banner')).toBeVisible();
    });
  });
});

test('on a tablet, with single keys off, every step has a button', async ({ facebound, page }) => {
  test.slow();
  const check = checking(page);
  await facebound.open();
  await facebound.resizeTo({ width: 1024, height: 768 });
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(4)), await drawnJpeg('pair.jpg', groupOf(2, 'pair')));
  await facebound.expectFaces(4);
  await expect(page.getByRole('button', { name: 'pair.jpg, 2 faces' })).toBeVisible();
  await page.keyboard.press('?');
  await page.getByRole('switch').press(' ');
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await expect(check.bar).toBeHidden();
  await check.button('Check').press('Enter');
  await expect(check.group(1)).toBeFocused();

  await test.step('axe finds nothing at any size', async () => {
    await page.keyboard.press('r');
    await expect(check.group(1)).toBeVisible();
    await check.button('Note').press('Enter');
    await page.getByRole('textbox', { name: 'Note about the picture' }).fill('Two of them moved');
    await page.keyboard.press('Control+Enter');
    await check.button('Wrong').press('Enter');
    await check.button('Note').press('Enter');
    for (const size of [
      { width: 1440, height: 900 },
      { width: 844, height: 390 },
      { width: 390, height: 844 },
      { width: 1024, height: 768 },
    ]) {
      await facebound.resizeTo(size);
      await facebound.expectNoAxeViolations();
    }
  });

  await test.step('by Tab and Enter', async () => {
    await check.button('Wrong').focus();
    await page.keyboard.press('Tab');
    await expect(check.button('Not a face')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(check.group(2)).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(check.group(3)).toBeVisible();
    await expect(check.button('Right')).toBeFocused();
    await check.button('The rest is right, next picture').press('Enter');
    await expect(
      page.getByRole('navigation', { name: 'Pictures' }).getByRole('button', { name: /^pair/ }),
    ).toHaveAttribute('aria-current', 'true');
  });

  await test.step('who checks is typed once, and goes with what is saved', async () => {
    await page.getByRole('textbox', { name: 'Checked by' }).fill('Anna');
    await page.keyboard.press('Enter');
    const download = page.waitForEvent('download');
    await check.button('Save the check as a file').press('Enter');
    const saved = CHECK.parse(JSON.parse(await readFile(await (await download).path(), 'utf8')));
    expect(saved.sets).toMatchObject([{ reviewer: 'Anna' }]);

    await test.step('what somebody says of a box that is not there is shown', async () => {
      const [record] = saved.records;
      if (record === undefined) throw new Error('Nothing was saved');
      const gone = { faceNo: 9, bound: { x: 0, y: 0, width: 20, height: 24 }, verdict: { kind: 'right' } };
      const ben = {
        ...saved,
        sets: [{ id: 'b'.repeat(32), reviewer: 'Ben' }],
        records: [{ ...record, set: 'b'.repeat(32), faces: [gone] }],
      };
      await facebound.drop({
        name: 'ben.facebound-check.json',
        type: 'application/json',
        bytes: new TextEncoder().encode(JSON.stringify(ben)),
      });
      await page.getByRole('button', { name: 'Show as an answer' }).click();
      const pictures = page.getByRole('navigation', { name: 'Pictures' });
      await pictures.getByRole('button', { name: new RegExp(`^${record.name}`) }).click();
      await expect(page.getByText('1 verdict fits no face any more.')).toBeVisible();
      await check.button('Show').click();
      await expect(page.getByText('Face 9 was right · Ben')).toBeVisible();
      await facebound.expectNoAxeViolations();
    });
    // The reasons first, then the mode.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(check.bar).toBeHidden();
  });

  await test.step('on the table undo takes back what was said while checking, and goes there', async () => {
    await facebound.expectFaces(4);
    await page.getByRole('navigation', { name: 'Pictures' }).getByRole('button', { name: /^pair/ }).click();
    await facebound.expectFaces(2);
    await page.keyboard.press('Control+z');
    await expect(page.getByText('Undone: 2 faces right')).toBeVisible();
    await facebound.expectFaces(4);
    await facebound.expectSelected(3);
  });
});
