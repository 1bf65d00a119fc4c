import type { Page } from '@playwright/test';
import type { Facebound } from '../fixtures/facebound-page.ts';
import { expect, test } from '../fixtures/test.ts';
import { plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

/** Opens two pictures with three faces each. */
async function openTwo(facebound: Facebound): Promise<void> {
  await tellFaces(facebound.page, THREE_FACES);
  await facebound.open();
  await facebound.drop(await plainPicture('first.jpg'), await plainPicture('second.jpg', '#b08d57'));
  await facebound.expectFaces(3);
}

/** How much wider the page is than its window, in CSS pixels. */
const excessWidth = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What a person sets in the browser: all text this much larger, media queries included. */
async function enlargeText(page: Page, scale: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 16 * scale, fixed: 13 * scale } });
}

const toolbar = (page: Page) => page.getByRole('toolbar', { name: 'View' });

test('on a small phone the strip and the zoom bar fold away, and the picture has their room', async ({
  facebound,
  page,
}) => {
  await openTwo(facebound);
  for (const size of [
    { width: 320, height: 568 },
    { width: 375, height: 667 },
  ]) {
    await test.step(`${size.width} × ${size.height}`, async () => {
      await facebound.resizeTo(size);
      await expect(toolbar(page)).toBeHidden();
      await expect(facebound.pictures).toBeHidden();
      const stage = await facebound.stage.boundingBox();
      // From side to side, with a picture of 3:2 whole.
      expect(stage?.width).toBe(size.width);
      expect(stage?.height).toBeGreaterThanOrEqual((size.width * 2) / 3 - 20);
      await expect(facebound.face(1)).toBeInViewport();
      expect(await excessWidth(page)).toBe(0);
      await facebound.expectNoAxeViolations();
    });
  }
  const strip = page.getByRole('button', { name: 'Pictures, 1 of 2' });
  await strip.click();
  await facebound.pictures.getByRole('button', { name: /^second/ }).click();
  await expect(page.getByRole('heading', { name: 'second.jpg' })).toBeVisible();
  await page.getByRole('button', { name: 'Pictures, 2 of 2' }).click();
  await expect(facebound.pictures).toBeHidden();
  await page.getByRole('button', { name: 'View buttons' }).click();
  await toolbar(page).getByRole('button', { name: 'Zoom in' }).click();
  await expect(toolbar(page), 'who zooms needs it').toBeVisible();
  await facebound.expectNoAxeViolations();
  await toolbar(page).getByRole('button', { name: 'Fit' }).click();
  await expect(toolbar(page)).toBeVisible();
  await page.getByRole('button', { name: 'View buttons' }).click();
  await expect(toolbar(page)).toBeHidden();
});

test('in a window at 400 % picture, list and what is known of a face are reached by one scroll', async ({
  facebound,
  page,
}) => {
  await openTwo(facebound);
  await facebound.resizeTo({ width: 320, height: 256 });
  const heightOf = async () => (await facebound.stage.boundingBox())?.height ?? 0;
  expect(await heightOf()).toBeGreaterThan(120);
  await expect(facebound.stage).toBeInViewport();
  expect(await excessWidth(page)).toBe(0);
  await facebound.expectNoAxeViolations();
  await facebound.face(3).scrollIntoViewIfNeeded();
  await expect(facebound.face(3)).toBeInViewport({ ratio: 0.5 });
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await expect(facebound.inspector.getByRole('tab', { name: 'Response' })).toBeInViewport();
  expect(await excessWidth(page)).toBe(0);
});

for (const size of [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
]) {
  test(`with text of 200 % at ${size.width} pixels every control of the header is in sight, and nothing is beside the window`, async ({
    facebound,
    page,
  }) => {
    await page.setViewportSize(size);
    await enlargeText(page, 2);
    await openTwo(facebound);
    expect(await excessWidth(page)).toBe(0);
    for (const control of await page.getByRole('banner').locator('button:visible').all()) {
      await expect(control).toBeInViewport({ ratio: 0.99 });
    }
    expect((await facebound.stage.boundingBox())?.height).toBeGreaterThan(150);
    await facebound.face(3).scrollIntoViewIfNeeded();
    await expect(facebound.face(3)).toBeInViewport({ ratio: 0.5 });
    await facebound.expectNoAxeViolations();
  });
}

test('on paper stand the whole picture with every number, and the faces as a table, dark on white', async ({
  facebound,
  page,
}) => {
  await facebound.preferTheme('dark');
  await openTwo(facebound);
  await page.keyboard.press('=');
  await page.emulateMedia({ media: 'print' });
  const table = page.getByRole('table', { name: 'Faces' });
  await expect(table.getByRole('row')).toHaveCount(4);
  await expect(table.getByRole('row').nth(1)).toContainText('face_0');
  const sheet = page.locator('[data-print-sheet]');
  expect((await sheet.locator('svg text').allTextContents()).toSorted()).toEqual(['1', '2', '3']);
  await expect(sheet.locator('img')).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(facebound.stage).toBeHidden();
  const colours = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return { backgroundColor, color };
  });
  expect(colours).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(23, 24, 27)' });
  await page.emulateMedia({ media: 'screen' });
  await expect(facebound.stage).toBeVisible();
});

test('focus rings come with keys and not with the mouse', async ({ facebound, page }) => {
  await openTwo(facebound);
  const tab = facebound.inspector.getByRole('tab', { name: 'Response' });
  await tab.click();
  await expect(tab).toBeFocused();
  await expect(tab).toHaveCSS('outline-style', 'none');
  await page.keyboard.press('ArrowLeft');
  const next = facebound.inspector.getByRole('tab', { name: 'Request' });
  await expect(next).toBeFocused();
  await expect(next).not.toHaveCSS('outline-style', 'none');
});

test('a page that the browser has translated goes on, and no number of it was changed', async ({ facebound, page }) => {
  await openTwo(facebound);
  await facebound.clickFace(2);
  // What browsers do: every text becomes another one, inside elements of their own.
  await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    while (texts.nextNode()) if (texts.currentNode instanceof Text) found.push(texts.currentNode);
    for (const text of found) {
      if (text.data.trim() === '' || text.parentElement?.closest('[translate="no"], script, style') !== null) continue;
      const font = document.createElement('font');
      font.textContent = `«${text.data}»`;
      text.replaceWith(font);
    }
  });
  await expect(facebound.face(2).getByText('2', { exact: true }).first()).toBeAttached();
  await expect(page.getByRole('radio', { name: 'Kling', exact: true })).toBeVisible();
  await facebound.clickFace(3);
  await facebound.expectSelected(3);
  await page.keyboard.press('.');
  await expect(page.getByRole('heading', { name: 'second.jpg' })).toBeVisible();
  await facebound.expectFaces(3);
  await page.getByRole('button', { name: /Export/ }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect(page.getByText('This page has broken down')).toHaveCount(0);
});
