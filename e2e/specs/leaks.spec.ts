/** What fifty pictures leave behind when they are gone: nothing. Counted in the running product, workers included. */
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { HandedFile } from '../fixtures/facebound-page.ts';
import { expect, test } from '../fixtures/test.ts';
import { THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

const PICTURES = 50;

/** What the page holds that nobody collects in time: each has to be given back by hand. */
type Held = {
  readonly objectUrls: number;
  readonly bitmaps: number;
  readonly stages: number;
  readonly canvases: number;
  readonly workers: number;
};

/** Runs in the page before all of its scripts: notes what is made and what is given back. */
function countWhatIsHeld(): void {
  const objectUrls = new Set<string>();
  const bitmaps = new Set<ImageBitmap>();
  const workers = new Set<Worker>();
  const noteBitmaps = (data: unknown): void => {
    if (data instanceof ImageBitmap) bitmaps.add(data);
    else if (typeof data === 'object' && data !== null) Object.values(data).forEach(noteBitmaps);
  };

  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (source) => {
    const url = createObjectURL.call(URL, source);
    objectUrls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    objectUrls.delete(url);
    revokeObjectURL.call(URL, url);
  };

  const make = window.createImageBitmap.bind(window);
  const counting = async (...given: Parameters<typeof make>) => {
    const bitmap = await make(...given);
    bitmaps.add(bitmap);
    return bitmap;
  };
  Object.assign(window, { createImageBitmap: counting });
  const { close } = ImageBitmap.prototype;
  ImageBitmap.prototype.close = function (this: ImageBitmap) {
    bitmaps.delete(this);
    close.call(this);
  };

  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers.add(this);
      // Before the page's own listener: what a worker hands over is the page's from here on.
      this.addEventListener('message', ({ data }) => noteBitmaps(data));
    }
    override terminate(): void {
      workers.delete(this);
      super.terminate();
    }
  };

  Object.assign(window, {
    held: () => {
      const { Konva } = globalThis as typeof globalThis & { Konva?: { stages: unknown[] } };
      return {
        objectUrls: objectUrls.size,
        bitmaps: bitmaps.size,
        stages: Konva?.stages.length ?? 0,
        canvases: document.querySelectorAll('canvas').length,
        workers: workers.size,
      };
    },
  });
}

const heldBy = (page: Page): Promise<Held> =>
  page.evaluate(() => (window as typeof window & { readonly held: () => Held }).held());

/** Small pictures, each of its own colour: cheap to draw, and none is the other. */
const plainPictures = (): Promise<readonly HandedFile[]> =>
  Promise.all(
    Array.from({ length: PICTURES }, async (_, index) => ({
      name: `picture-${index + 1}.png`,
      type: 'image/png',
      bytes: await sharp({
        create: { width: 400, height: 300, channels: 3, background: { r: index * 5, g: 120, b: 250 - index * 5 } },
      })
        .png()
        .toBuffer(),
    })),
  );

test('fifty pictures, opened one after another and removed, leave nothing behind', async ({ facebound, page }) => {
  test.slow();
  await page.addInitScript(countWhatIsHeld);
  await tellFaces(page, THREE_FACES);
  const [first, ...others] = await plainPictures();
  if (first === undefined) throw new Error('There is no picture');
  await facebound.open();
  const empty = await heldBy(page);
  expect(empty).toMatchObject({ objectUrls: 0, bitmaps: 0, stages: 0, canvases: 0 });

  const isShown = (name: string) =>
    expect(page.getByRole('img', { name: `${name}, 3 faces`, exact: true })).toHaveAttribute('aria-busy', 'false');
  await facebound.drop(first);
  await isShown(first.name);
  await facebound.clickFace(2);
  const one = await expectAtRest(page);
  expect(one).toMatchObject({ stages: 1 });
  // The counting is no dream: a picture and its thumbnail, what is shown of it, and who cuts that.
  expect(one.objectUrls).toBeGreaterThanOrEqual(2);
  expect(one.bitmaps).toBeGreaterThanOrEqual(1);
  expect(one.workers).toBeGreaterThanOrEqual(1);

  await facebound.drop(...others);
  await expect(facebound.pictures.locator('[aria-current]')).toHaveCount(PICTURES, { timeout: 60_000 });
  await facebound.pictures.getByRole('button', { name: 'picture-1.png, 3 faces' }).press('Enter');
  await isShown(first.name);
  for (const { name } of others) {
    await page.keyboard.press(']');
    await isShown(name);
    await page.keyboard.press('2');
  }
  const fifty = await expectAtRest(page);
  // Addresses grow with the pictures, for each its own; what is decoded does not.
  expect(fifty.objectUrls).toBe(one.objectUrls * PICTURES);
  expect(fifty.bitmaps).toBeLessThanOrEqual(one.bitmaps + 1);
  expect(fifty.workers).toBeLessThanOrEqual(one.workers + 4);
  expect(fifty.stages).toBe(1);
  expect(fifty.canvases).toBe(one.canvases);

  for (let left = PICTURES; left > 1; left--) {
    await page
      .getByRole('button', { name: /^Remove picture/ })
      .last()
      .press('Enter');
    await expect(facebound.pictures.locator('[aria-current]')).toHaveCount(left - 1);
  }
  await isShown(first.name);
  // Those that went are offered to be brought back; so they are held as the open one is.
  const last = await expectAtRest(page);
  expect(last.objectUrls).toBe(fifty.objectUrls);
  expect(last).toMatchObject({ stages: 1, canvases: one.canvases });
  // One more where the line about the batch went while the picture was shown: its exact pixels for the new size.
  expect(last.bitmaps).toBeLessThanOrEqual(one.bitmaps + 1);

  await page.getByRole('button', { name: /^Remove picture/ }).press('Enter');
  await expect(facebound.linkField).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.getByRole('button', { name: 'Browse' }).focus();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeHidden();
  const none = await expectAtRest(page);
  // Under Recent the empty page shows some of them, each from an address of its own, and nothing else is held.
  const shown = await page.locator('img[src^="blob:"]').count();
  expect(none).toMatchObject({ objectUrls: shown, bitmaps: 0, stages: 0, canvases: 0 });
  expect(none.workers).toBeLessThanOrEqual(one.workers);
});

/** What is held as soon as it stops changing. */
async function expectAtRest(page: Page): Promise<Held> {
  let before: Held | undefined;
  await expect
    .poll(async () => {
      const now = await heldBy(page);
      const isStill = JSON.stringify(now) === JSON.stringify(before);
      before = now;
      return isStill;
    })
    .toBe(true);
  return heldBy(page);
}
