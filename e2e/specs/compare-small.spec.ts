/** Comparing below three columns: in one hand, with large text, and with buttons alone. */
import type { Page } from '@playwright/test';
import { cocoOf } from '../fixtures/coco.ts';
import { comparing, trueBoxes } from '../fixtures/comparing.ts';
import type { Facebound } from '../fixtures/facebound-page.ts';
import { type DrawnFile, drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';
import { thumbProblems } from '../fixtures/touch.ts';

/** How much wider the page is than its window, in CSS pixels. */
const excessWidth = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Two pictures, and a truth of them that one face was withheld from and one invented in. */
async function twoWithTruth() {
  const team = await drawnJpeg('team.jpg', groupOf(4));
  const pair = await drawnJpeg('pair.jpg', groupOf(2, 'pair'));
  const invented = { x: 20, y: 20, width: 60, height: 80 };
  const truth = cocoOf([
    { ...team, boxes: [...trueBoxes(team).slice(1), invented] },
    { ...pair, boxes: trueBoxes(pair) },
  ]);
  return { team, pair, truth };
}

async function openTwo(facebound: Facebound, { team, pair }: { readonly team: DrawnFile; readonly pair: DrawnFile }) {
  await facebound.open();
  await facebound.drop(team, pair);
  await facebound.expectFaces(4);
  await expect(facebound.page.getByRole('button', { name: 'pair.jpg, 2 faces' })).toBeVisible();
}

test.describe('in one hand', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('a truth is chosen, pictures come worst first, numbers and thumb lead to what differs, and one gets out', async ({
    facebound,
    page,
  }) => {
    test.slow();
    const compare = comparing(page);
    const { team, pair, truth } = await twoWithTruth();
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    await openTwo(facebound, { team, pair });

    await test.step('the way in is in the menu, and says what it takes', async () => {
      await button(/^Theme/).tap();
      await page.getByRole('menuitem', { name: 'Compare' }).tap();
      await expect(page.getByText('Nothing to compare with yet', { exact: true })).toBeVisible();
      expect(await thumbProblems(page)).toEqual([]);
      await facebound.expectNoAxeViolations();
      const chooser = page.waitForEvent('filechooser');
      await button('Choose a file…').tap();
      await (await chooser).setFiles([
        { name: truth.name, mimeType: 'application/json', buffer: Buffer.from(truth.bytes) },
      ]);
      await compare.question.getByRole('button', { name: 'Compare' }).tap();
    });

    await test.step('the figures are there at once, and nothing is too small or too wide', async () => {
      await expect(button('75.0 %, Precision of this picture, go to false boxes')).toBeVisible();
      await expect(button('83.3 %, F1 of all, go to differences')).toBeVisible();
      await expect(button('1, Missed in this picture, go to missed faces')).toBeVisible();
      await expect(page.getByRole('banner')).toBeHidden();
      expect(await thumbProblems(page)).toEqual([]);
      await facebound.expectNoAxeViolations();
    });

    await test.step('a number goes to what it counts, and a thumb from one difference to the next', async () => {
      const walk = page.getByRole('group', { name: 'One difference after another' });
      await expect(walk).toContainText('2 differences');
      await button('1, Missed in this picture, go to missed faces').tap();
      await expect(walk).toContainText('Missed: No box near');
      await button('Previous difference').tap();
      await expect(walk).toContainText(/^False face \d: No true face here$/);
      await expect(button('Previous difference')).toBeDisabled();
      await page.getByRole('tab', { name: 'Differences 2' }).tap();
      await expect(compare.differences.getByRole('button', { name: /^False face/ })).toHaveAttribute(
        'aria-current',
        'true',
      );
      expect(await thumbProblems(page)).toEqual([]);
      await facebound.expectNoAxeViolations();
      await button('Next difference').tap();
      await expect(button('Next picture'), 'the other one has no difference').toBeDisabled();
    });

    await test.step('the threshold is moved, and the legend takes layers away', async () => {
      await page.getByRole('tab', { name: 'Figures' }).tap();
      await compare.slider.tap({ position: { x: 4, y: 20 } });
      await expect(compare.slider).toHaveAttribute('aria-valuetext', '0.30');
      const legend = page.getByRole('toolbar', { name: 'What the stage shows' });
      await legend.getByRole('button', { name: /Matched/ }).tap();
      await expect(legend.getByRole('button', { name: /Matched/ })).toHaveAttribute('aria-pressed', 'false');
      await legend.getByRole('button', { name: /Matched/ }).tap();
    });

    await test.step('pictures are chosen from a list, the worst first', async () => {
      await button(/^team\.jpg/).tap();
      await expect(compare.picture(/^team\.jpg, 1 false · 1 missed, F1 75\.0 %/)).toBeVisible();
      await button('1 without a difference').tap();
      await compare.picture(/^pair\.jpg, 2 faces, F1 100\.0 %/).tap();
      await expect(page.getByRole('heading', { name: /^pair\.jpg 2 of / })).toBeVisible();
      await expect(page.getByRole('group', { name: 'One difference after another' })).toContainText('No difference');
      await button(/^pair\.jpg/).tap();
      await facebound.expectNoAxeViolations();
      expect(await thumbProblems(page)).toEqual([]);
      await compare.picture(/^team\.jpg/).tap();
      await expect(compare.picture(/^team\.jpg/)).toBeHidden();
      await expect(page.getByRole('heading', { name: /^team\.jpg 1 of / })).toBeVisible();
    });

    for (const size of [
      { width: 320, height: 568 },
      { width: 844, height: 390 },
    ]) {
      await test.step(`at ${size.width} × ${size.height}`, async () => {
        await facebound.resizeTo(size);
        await expect(compare.slider).toBeVisible();
        expect((await facebound.stage.boundingBox())?.height).toBeGreaterThan(170);
        expect(await thumbProblems(page)).toEqual([]);
        await facebound.expectNoAxeViolations();
      });
    }

    await test.step('out, and back on the table', async () => {
      await facebound.resizeTo({ width: 390, height: 844 });
      await button('Leave').tap();
      await expect(page.getByRole('banner')).toBeVisible();
    });
  });

  test('two answers: who is who by thumb, one above the other, and turned round', async ({ facebound, page }) => {
    const compare = comparing(page);
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    await tellFaces(page, THREE_FACES);
    await facebound.open();
    const picture = await plainPicture('team.jpg');
    await facebound.drop(picture);
    await facebound.expectFaces(3);
    // Somebody's labels of the same picture: two of the three faces, and one that nobody found.
    const labels = '0 0.2000 0.475 0.15 0.30\n0 0.4667 0.475 0.15 0.30\n0 0.9200 0.850 0.10 0.20\n';
    await facebound.drop({ name: 'team.txt', type: 'text/plain', bytes: Buffer.from(labels) });
    await compare.question.getByRole('button', { name: 'Show as an answer' }).tap();
    await page.getByRole('tab', { name: 'Inspector' }).tap();
    await page.getByRole('tab', { name: 'Response' }).tap();
    await expect(page.getByText('from a YOLO file')).toBeVisible();
    await button(/^Theme/).tap();
    await page.getByRole('menuitem', { name: 'Compare' }).tap();
    await expect(compare.bar.getByRole('button', { name: 'Compared with: YOLO file' })).toBeVisible();
    await expect(page.getByText('2 both')).toBeVisible();
    expect(await thumbProblems(page)).toEqual([]);
    await facebound.expectNoAxeViolations();

    const walk = page.getByRole('group', { name: 'One pair after another' });
    await button('Next pair').tap();
    await expect(walk).toContainText('Only Embedded, face 3');
    await button('Next pair').tap();
    await expect(walk).toContainText('Only YOLO file, face 3');
    await button('Unpaired only').tap();
    await expect(compare.pairs.getByRole('option')).toHaveCount(2);

    await page.getByRole('radio', { name: 'Side by side' }).tap();
    await facebound.expectNoAxeViolations();
    await page.getByRole('radio', { name: 'Flip' }).tap();
    await button('Show YOLO file').tap();
    await expect(button('Show Embedded')).toBeVisible();
    expect(await thumbProblems(page)).toEqual([]);
    await facebound.resizeTo({ width: 320, height: 568 });
    expect(await thumbProblems(page)).toEqual([]);
    await facebound.expectNoAxeViolations();
  });
});

test('with single keys off every step of a comparison has a button, on a tablet too', async ({ facebound, page }) => {
  test.slow();
  const compare = comparing(page);
  const { team, pair, truth } = await twoWithTruth();
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  await openTwo(facebound, { team, pair });
  await page.keyboard.press('?');
  await page.getByRole('switch').press(' ');
  await page.keyboard.press('Escape');
  await facebound.resizeTo({ width: 1024, height: 768 });
  await button('Check').press('Enter');
  await page.keyboard.press('v');
  await expect(compare.way('Picture by picture')).toBeChecked();
  await compare.way('Compare').press('Enter');
  await facebound.drop(truth);
  await compare.question.getByRole('button', { name: 'Compare' }).press('Enter');
  await expect(compare.figure('Precision')).toContainText('75.0 %');

  await test.step('by Tab, arrows and Enter', async () => {
    await button('1, False in this picture, go to false boxes').press('Enter');
    const isFalse = compare.differences.getByRole('button', { name: /^False face/ });
    await expect(isFalse).toHaveAttribute('aria-current', 'true');
    await isFalse.focus();
    await page.keyboard.press('ArrowDown');
    await expect(compare.differences.getByRole('button', { name: /^Missed/ })).toBeFocused();
    const legend = page.getByRole('toolbar', { name: 'What the stage shows' });
    for (const layer of ['Matched', 'Missed', 'False']) {
      await legend.getByRole('button', { name: new RegExp(layer) }).press('Enter');
    }
    await expect(legend.getByRole('button', { name: 'Truth' })).toHaveAttribute('aria-pressed', 'true');
    await compare.picture(/^team\.jpg/).focus();
    await button('1 without a difference').press('Enter');
    await compare.picture(/^pair\.jpg/).press('Enter');
    await expect(compare.figures).toContainText('2 found, 2 in the truth');
  });

  await test.step('two answers turn round at a press', async () => {
    await compare.side('Compared with').press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Choose a file…' })).toBeVisible();
    await page.keyboard.press('Escape');
    await button('Swap').press('Enter');
    await expect(compare.side('Answer')).toContainText('truth.coco.json');
    await button('Swap').press('Enter');
  });

  for (const size of [
    { width: 1024, height: 768 },
    { width: 768, height: 1024 },
  ]) {
    await test.step(`axe at ${size.width} px, and nothing beside the window`, async () => {
      await facebound.resizeTo(size);
      expect(await excessWidth(page)).toBe(0);
      await facebound.expectNoAxeViolations();
    });
  }

  await test.step('out', async () => {
    await button('Leave').press('Enter');
    await facebound.expectFaces(2);
  });
});

for (const size of [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]) {
  test(`with text of 200 % at ${size.width} px a comparison is whole`, async ({ facebound, page }) => {
    const compare = comparing(page);
    const { team, pair, truth } = await twoWithTruth();
    await page.setViewportSize(size);
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    await facebound.open();
    await facebound.drop(team, pair, truth);
    await compare.question.getByRole('button', { name: 'Compare' }).press('Enter');
    await expect(compare.figure('Precision')).toContainText('75.0 %');
    await expect(compare.side('Compared with')).toBeInViewport({ ratio: 0.99 });
    await expect(compare.slider).toBeInViewport();
    expect((await facebound.stage.boundingBox())?.height).toBeGreaterThan(150);
    expect(await excessWidth(page)).toBe(0);
    // Nothing that scrolls up and down also scrolls sideways.
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('aside, aside *, main')]
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== 'visible')
        .filter((each) => getComputedStyle(each).textOverflow !== 'ellipsis')
        .map((each) => each.outerHTML.slice(0, 200)),
    );
    expect(wide).toEqual([]);
    await facebound.expectNoAxeViolations();
  });
}
