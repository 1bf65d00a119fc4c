import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { crowdOf, plainPicture, tellFaces } from '../fixtures/told-faces.ts';
import { Fingers } from '../fixtures/touch.ts';

/** The contact sheet in the words of a person who uses it. */
const sheetOf = (page: Page) => ({
  bar: page.getByRole('region', { name: 'Check', exact: true }),
  way: (name: string) => page.getByRole('radiogroup', { name: 'Way of checking' }).getByRole('radio', { name }),
  list: page.getByRole('listbox', { name: 'Faces' }),
  crop: (name: string | RegExp) => page.getByRole('listbox', { name: 'Faces' }).getByRole('option', { name }),
  chip: (name: string) => page.getByRole('toolbar', { name: 'Which faces' }).getByRole('button', { name }),
  button: (name: string | RegExp) => page.getByRole('main').getByRole('button', { name }),
});

/** Of each picture twelve of sixty faces are tiny or large; all are told. */
async function dropTwo(
  page: Page,
  facebound: { drop: (...files: Awaited<ReturnType<typeof plainPicture>>[]) => Promise<void> },
) {
  await tellFaces(page, crowdOf(60));
  await facebound.drop(await plainPicture('first.jpg'), await plainPicture('second.jpg', '#a3917d'));
  await expect(page.getByRole('button', { name: 'second.jpg, 60 faces' })).toBeVisible();
}

test('a hundred and twenty faces are checked page by page, with keys alone', async ({ facebound, page }) => {
  test.slow();
  const sheet = sheetOf(page);
  await facebound.open();
  await dropTwo(page, facebound);

  await test.step('the sheet opens at the face that was judged, and its keys are listed', async () => {
    await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
    await page.keyboard.press('c');
    await expect(page.getByRole('group', { name: 'Verdict on face 1', exact: true })).toBeFocused();
    await page.keyboard.press('c');
    await expect(sheet.list).toBeFocused();
    await expect(sheet.way('Contact sheet')).toBeChecked();
    await expect(sheet.chip('To check 120')).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog').getByText('A range is wrong')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet.list).toBeFocused();
  });

  await test.step('verdicts, a range and a preview', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('w');
    await page.keyboard.press('3');
    await expect(sheet.crop(/^Face 1, wrong, wrong size, first\.jpg/)).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(sheet.bar).toContainText('3 wrong');
    await page.keyboard.press('Control+z');
    await expect(sheet.bar).toContainText('1 wrong');
    await page.keyboard.press('Space');
    await expect(page.getByRole('region', { name: /^Preview of face / })).toBeVisible();
    await facebound.expectNoAxeViolationsAtAnyWidth();
    await page.keyboard.press('Escape');
    await facebound.expectNoAxeViolationsAtAnyWidth();
  });

  await test.step('a face opens picture by picture and one comes back to it', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: 'Verdict on face 1', exact: true })).toBeFocused();
    await page.keyboard.press('c');
    await expect(sheet.crop(/^Face 1, wrong, wrong size, first\.jpg/)).toHaveAttribute('data-active', 'true');
    await expect(sheet.list).toBeFocused();
  });

  await test.step('the rest of the page is right once its end was seen, and that is one step', async () => {
    // The first screen counts, but for the wrong one; then the end.
    await page.keyboard.press('Home');
    const inView = await sheet.list.evaluate((list) => {
      const room = list.getBoundingClientRect();
      return [...list.querySelectorAll('[data-crop]')].filter((crop) => {
        const { top, bottom } = crop.getBoundingClientRect();
        return top >= room.top && bottom <= room.bottom;
      }).length;
    });
    await expect(sheet.button(`The ${inView - 1} seen are right`)).toBeVisible();
    await page.keyboard.press('End');
    await expect(sheet.button('The other 99 are right')).toBeVisible();
    await page.keyboard.press('a');
    await expect(sheet.button('Undo')).toBeVisible();
    await expect(sheet.chip('To check 20')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(sheet.chip('To check 119')).toBeVisible();
    await page.keyboard.press('a');
    await expect(sheet.chip('To check 20')).toBeVisible();
  });

  await test.step('a reload loses nothing, and the sheet is there again', async () => {
    await expect(page.getByText('1 to 20')).toBeVisible();
    await facebound.reload();
    await expect(page.getByRole('button', { name: 'second.jpg, 60 faces' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
    await page.keyboard.press('c');
    await expect(sheet.chip('To check 20')).toHaveAttribute('aria-pressed', 'true');
    await expect(sheet.button('All 20 are right')).toBeVisible();
    await page.keyboard.press('a');
    await expect(page.getByText('Nothing left to check.')).toBeVisible();
    await expect(sheet.bar).toContainText('done');
    await facebound.expectNoAxeViolations();
  });

  await test.step('the filters lead back to what was wrong', async () => {
    await sheet.bar.getByRole('button', { name: '1 wrong' }).press('Enter');
    await expect(sheet.crop(/^Face 1, wrong, wrong size, first\.jpg/)).toBeVisible();
    await expect(sheet.crop(/./)).toHaveCount(1);
    await sheet.chip('Tiny 0').press('Enter');
    await expect(page.getByText('No faces here.')).toBeVisible();
    await sheet.chip('All 120').press('Enter');
    await expect(sheet.crop(/./).first()).toHaveAttribute('aria-setsize', '120');
  });
});

test('with single keys off all of it is done by Tab, arrows and Enter', async ({ facebound, page }) => {
  test.slow();
  const sheet = sheetOf(page);
  await facebound.open();
  await dropTwo(page, facebound);
  await page.keyboard.press('?');
  await page.getByRole('switch').press(' ');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Check', exact: true }).press('Enter');
  await sheet.way('Contact sheet').press('Enter');
  await sheet.list.focus();

  await test.step('letters mean nothing', async () => {
    await page.keyboard.press('Home');
    for (const key of ['w', '3', 'a', 'r', 'c']) await page.keyboard.press(key);
    await expect(sheet.way('Contact sheet')).toBeChecked();
    await expect(sheet.bar).toContainText('0 of 120 faces');
  });

  await test.step('a face is looked at, called wrong and told why from its preview, and the keys are back at it', async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const preview = page.getByRole('region', { name: 'Preview of face 2 of first.jpg' });
    await expect(preview).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(preview.getByRole('button', { name: 'Wrong' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(sheet.crop(/^Face 2, wrong, no reason yet, first\.jpg/)).toBeVisible();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab');
    await expect(preview.getByRole('button', { name: 'Not a face' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(sheet.crop(/^Face 2, wrong, not a face, first\.jpg/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(preview).toBeHidden();
    await expect(sheet.list).toBeFocused();
  });

  await test.step('a range is marked with Shift and arrows, and taken back with the button', async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(sheet.bar).toContainText('3 wrong');
    await sheet.bar.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect(sheet.bar).toContainText('1 wrong');
    await sheet.bar.getByRole('button', { name: 'Redo' }).press('Enter');
    await expect(sheet.bar).toContainText('3 wrong');
    await sheet.bar.getByRole('button', { name: 'Undo' }).press('Enter');
  });

  await test.step('the picture of a face opens with Enter, and the sheet comes back at it', async () => {
    await sheet.list.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: 'Verdict on face 1', exact: true })).toBeFocused();
    await sheet.way('Contact sheet').press('Enter');
    await expect(sheet.crop(/^Face 1, open, first\.jpg/)).toHaveAttribute('data-active', 'true');
  });

  await test.step('faces are chosen by what they are, and made larger', async () => {
    await sheet.chip('To check 119').focus();
    await page.keyboard.press('ArrowRight');
    // The toolbar moves the focus after the press.
    await expect(sheet.chip('To check 119')).not.toBeFocused();
    await page.keyboard.press('Enter');
    await expect(sheet.chip('To check 119')).toHaveAttribute('aria-pressed', 'false');
    await sheet.chip('To check 119').press('Enter');
    await page.getByRole('slider', { name: 'Size of the crops' }).press('End');
    await expect(page.getByRole('slider', { name: 'Size of the crops' })).toHaveAttribute(
      'aria-valuetext',
      '128 pixels',
    );
  });

  await test.step('page by page to the end, from the list by one Tab', async () => {
    await sheet.list.focus();
    await page.keyboard.press('End');
    await expect(sheet.button('All 100 are right')).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(sheet.button('All 100 are right')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(sheet.list).toBeFocused();
    await page.keyboard.press('End');
    await sheet.button('All 19 are right').press('Enter');
    await expect(page.getByText('Nothing left to check.')).toBeVisible();
    await expect(sheet.bar).toContainText('done');
    await sheet.button('Open the report').press('Enter');
    await expect(page.getByRole('dialog', { name: 'Report' })).toBeVisible();
    await page.keyboard.press('Escape');
    await sheet.bar.getByRole('button', { name: 'Leave' }).press('Enter');
    await expect(sheet.bar).toBeHidden();
  });
});

test.describe('with fingers', () => {
  test.use({ hasTouch: true, viewport: { width: 1280, height: 800 } });

  test('a tap marks wrong, a long press shows the picture, and no key is needed', async ({ facebound, page }) => {
    const sheet = sheetOf(page);
    const fingers = await Fingers.on(page);
    await facebound.open();
    await dropTwo(page, facebound);
    await page.getByRole('button', { name: 'Check', exact: true }).tap();
    await sheet.way('Contact sheet').tap();
    await sheet
      .crop(/^Face 6, open, first\.jpg/)
      .first()
      .tap();
    await expect(sheet.crop('Face 6, wrong, no reason yet, first.jpg')).toBeVisible();
    const box = await sheet.crop(/^Face 12, open, first\.jpg/).boundingBox();
    if (box === null) throw new Error('The crop is not drawn');
    await fingers.down({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    const preview = page.getByRole('region', { name: 'Preview of face 12 of first.jpg' });
    await expect(preview).toBeVisible();
    await fingers.up();
    await expect(sheet.crop(/^Face 12, open, first\.jpg/)).toBeVisible();
    await preview.getByRole('button', { name: 'Wrong' }).tap();
    await preview.getByRole('button', { name: 'Double' }).tap();
    await expect(sheet.crop(/^Face 12, wrong, double, first\.jpg/)).toBeVisible();
    await preview.getByRole('button', { name: 'Open picture' }).tap();
    await expect(page.getByRole('group', { name: 'Verdict on face 12', exact: true })).toBeVisible();
  });
});
