import { cocoOf } from '../fixtures/coco.ts';
import { type Box, comparing, trueBoxes } from '../fixtures/comparing.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

test('pictures with their truth: what was withheld and invented is counted, kept as verdicts, taken back, and there after a reload', async ({
  facebound,
  page,
}) => {
  test.slow();
  const compare = comparing(page);
  const team = await drawnJpeg('team.jpg', groupOf(4));
  const pair = await drawnJpeg('pair.jpg', groupOf(2, 'pair'));
  const alone = await drawnJpeg('alone.jpg', groupOf(1, 'alone'));
  const [withheld, ...others] = trueBoxes(team);
  // One face is withheld from the truth, so that its box is false, and one is invented, so that it is missed.
  const invented: Box = { x: 20, y: 20, width: 60, height: 80 };
  expect(withheld).toBeDefined();
  const truth = cocoOf([
    { ...team, boxes: [...others, invented] },
    { ...pair, boxes: trueBoxes(pair) },
  ]);
  await facebound.open();
  await facebound.drop(team, pair, alone, truth);

  await test.step('the page asks once what the file is for', async () => {
    await expect(compare.question).toContainText('truth.coco.json: 6 boxes in 2 pictures');
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('Enter');
    await expect(compare.way('Compare')).toBeChecked();
    await expect(compare.figures).toContainText(
      '1 of 3 pictures is not in this file: alone.jpg. It counts in no figure.',
    );
  });

  await test.step('its counts are those of the truth', async () => {
    await expect(compare.figure('Matched')).toContainText(/3.*5/);
    await expect(compare.figure('Missed')).toContainText(/1.*1/);
    await expect(compare.figure('False')).toContainText(/1.*1/);
    await expect(compare.figure('Precision')).toContainText('75.0 %');
    await expect(compare.figure('Precision')).toContainText('83.3 %');
    await expect(compare.picture(/^team\.jpg, 1 false · 1 missed, F1 75\.0 %/)).toHaveAttribute('aria-current', 'true');
    await expect(page.getByRole('button', { name: '1 without a difference' })).toBeVisible();
    await facebound.expectNoAxeViolationsAtAnyWidth();
  });

  await test.step('keys walk the differences; a letter goes to the comparison and back', async () => {
    await page.keyboard.press('ArrowRight');
    await expect(compare.differences.getByRole('button', { name: /^False face \d No true face here/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await page.keyboard.press('ArrowRight');
    await expect(compare.differences.getByRole('button', { name: 'Missed No box near' })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await page.keyboard.press('c');
    await expect(compare.way('Picture by picture')).toBeChecked();
    await page.keyboard.press('v');
    await expect(compare.way('Compare')).toBeChecked();
  });

  await test.step('the threshold is announced once it is let go', async () => {
    await compare.slider.focus();
    await page.keyboard.press('End');
    await expect(compare.slider).toHaveAttribute('aria-valuetext', '0.90');
    await expect(page.getByText(/^IoU 0\.90: \d matched, \d missed, \d false/)).toHaveCount(1);
    for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowLeft');
    await expect(compare.slider).toHaveAttribute('aria-valuetext', '0.50');
    await expect(compare.figure('Matched')).toContainText(/3.*5/);
  });

  await test.step('what it shows is kept as verdicts, in one step of undo', async () => {
    await compare.differences.getByRole('button', { name: 'Keep more as verdicts' }).click();
    await page.getByRole('menuitem', { name: 'All 2 pictures' }).click();
    await expect(page.getByRole('status').filter({ hasText: '7 verdicts kept' })).toBeVisible();
    await compare.way('Picture by picture').click();
    const bar = page.getByRole('region', { name: 'Check', exact: true });
    await expect(bar).toContainText('1 wrong');
    await expect(bar).toContainText('1 missed');
    await page.keyboard.press('Control+z');
    await expect(bar).toContainText('0 wrong');
    await expect(bar).toContainText('0 missed');
    await page.keyboard.press('Control+Shift+Z');
    await expect(bar).toContainText('1 wrong');
    await expect(page.getByText('Saved in this browser')).toBeVisible();
  });

  await test.step('where there are verdicts it asks', async () => {
    await page.keyboard.press('v');
    await compare.differences.getByRole('button', { name: 'Keep as verdicts' }).click();
    const question = page.getByRole('alertdialog', { name: /You have verdicts/ });
    await facebound.expectNoAxeViolations();
    await question.getByRole('button', { name: 'Show both' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'verdicts kept' }).first()).toBeVisible();
  });

  await test.step('the truth survives a reload', async () => {
    await facebound.reload();
    await facebound.expectFaces(4);
    await page.keyboard.press('v');
    await expect(compare.figure('Matched')).toContainText(/3.*5/);
    await expect(compare.figures).toContainText('4 found, 4 in the truth');
  });
});
