import type { Page } from '@playwright/test';
import sharp, { type Metadata } from 'sharp';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

test.beforeEach(async ({ facebound, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await facebound.open();
  await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
  await facebound.expectFaces(2);
  await facebound.clickFace(2);
});

async function copy(page: Page, what: string): Promise<void> {
  await page.getByRole('toolbar', { name: 'Face actions' }).getByRole('button', { name: 'Copy…' }).click();
  await page.getByRole('menuitem', { name: what, exact: true }).click();
}

const clipboardText = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** The picture on the clipboard now, if there is one. */
async function clipboardPicture(page: Page): Promise<Metadata | undefined> {
  const base64 = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    if (item === undefined || !item.types.includes('image/png')) return undefined;
    const bytes = new Uint8Array(await (await item.getType('image/png')).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return base64 === undefined ? undefined : sharp(Buffer.from(base64, 'base64')).metadata();
}

test('bounds, number and links of a face are copied as text', async ({ page }) => {
  await copy(page, 'faceNo');
  await expect.poll(() => clipboardText(page)).toBe('2');
  await copy(page, 'Bounds');
  await expect.poll(() => clipboardText(page)).toMatch(/^{"x":\d+,"y":\d+,"width":\d+,"height":\d+}$/);
  await copy(page, 'Link to the crop');
  await expect.poll(() => clipboardText(page)).toMatch(/\/files\/.+/);
  await copy(page, 'Link to the picture');
  await expect.poll(() => clipboardText(page)).toMatch(/\/files\/.+/);
});

test('the crop is copied as a picture of the face’s own size', async ({ page }) => {
  await copy(page, 'Bounds');
  await expect.poll(() => clipboardText(page)).toMatch(/^{/);
  const bounds: unknown = JSON.parse(await clipboardText(page));
  await copy(page, 'Crop');
  const size = async () => {
    const { width, height } = (await clipboardPicture(page)) ?? {};
    return { width, height };
  };
  await expect.poll(async () => ({ ...Object(bounds), ...(await size()) })).toEqual(bounds);
});

test('the annotated picture is copied in the size of the picture', async ({ page }) => {
  await copy(page, 'Annotated picture');
  await expect.poll(() => clipboardPicture(page)).toMatchObject({ width: 1600, height: 1000 });
});
