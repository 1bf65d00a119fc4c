import { readFile } from 'node:fs/promises';
import { checking, sayRestIsRight } from '../fixtures/checking.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { holdDetections, plainPicture, THREE_FACES } from '../fixtures/told-faces.ts';

test('the way into check mode is open in the frame in which the first answer is shown', async ({ facebound, page }) => {
  const detections = await holdDetections(page);
  await facebound.open();
  await facebound.drop(await plainPicture('a.jpg'));
  await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeDisabled();
  const isOpen = page.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Check');
    while (document.querySelector('[role="listbox"] [role="option"]') === null)
      await new Promise(requestAnimationFrame);
    return button?.disabled === false;
  });
  await detections.tell(THREE_FACES);
  expect(await isOpen).toBe(true);
});

test('two pictures are checked by keyboard alone, and a reload in the middle loses nothing', async ({
  facebound,
  page,
}) => {
  test.slow();
  const check = checking(page);
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(4)), await drawnJpeg('pair.jpg', groupOf(2, 'pair')));
  await facebound.expectFaces(4);
  await expect(page.getByRole('button', { name: 'pair.jpg, 2 faces' })).toBeVisible();

  await test.step('a verdict goes on to the next face, and can be taken back', async () => {
    await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
    await page.keyboard.press('c');
    await expect(check.group(1)).toBeFocused();
    await expect(check.bar).toContainText('0 of 2 pictures');
    await page.keyboard.press('r');
    await expect(check.group(2)).toBeFocused();
    await page.keyboard.press('w');
    await page.keyboard.press('4');
    await expect(check.group(3)).toBeVisible();
    await expect(check.face('Face 2, wrong, double')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(check.face('Face 2, wrong, no reason yet')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(check.bar).toContainText('0 wrong');
    await page.keyboard.press('Control+Shift+Z');
    await expect(check.bar).toContainText('1 wrong');
    await page.keyboard.press('Control+Shift+Z');
    await expect(check.face('Face 2, wrong, double')).toBeVisible();
  });

  await test.step('a missed face is placed with keys', async () => {
    await page.keyboard.press('m');
    await expect(page.getByRole('button', { name: /^New missed face, \d+ by \d+ pixels/ })).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^Missed face 1, / })).toBeVisible();
    await expect(check.bar).toContainText('1 missed');
    // It stands beside the found faces, and the keys go to its box from there.
    const listed = page
      .getByRole('list', { name: 'Missed faces' })
      .getByRole('button', { name: 'Go to missed face 1' });
    await listed.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^Missed face 1, / })).toBeFocused();
    await facebound.expectNoAxeViolations();
  });

  await test.step('the rest is right, and the next picture comes', async () => {
    await sayRestIsRight(page);
    await expect(check.picture(/^pair\.jpg/)).toHaveAttribute('aria-current', 'true');
    await expect(check.picture('team.jpg, 1 of 2, 4 of 4 faces checked, 1 wrong, 1 missed')).toBeVisible();
    await expect(page.getByText('Saved in this browser')).toBeVisible();
  });

  await test.step('after a reload it goes on where it stopped', async () => {
    await page.keyboard.press('Escape');
    await facebound.expectFaces(2);
    await facebound.reload();
    await facebound.expectFaces(2);
    await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
    await page.keyboard.press('c');
    await expect(check.bar).toContainText('1 of 2 pictures');
    await expect(check.bar).toContainText('1 wrong');
    await page.keyboard.press('r');
    await page.keyboard.press('r');
    await expect(check.bar).toContainText('done');
  });

  await test.step('what was said is saved as a file, without anything that is nobody’s business', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the check as a file' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      format: 'facebound-check',
      version: 1,
      records: [{ engine: 'embedded' }, { engine: 'embedded' }],
    });
    expect(text).not.toContain('http');
  });
});
