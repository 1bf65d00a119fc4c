import type { Page } from '@playwright/test';
import sharp, { type Metadata } from 'sharp';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

const menu = (page: Page, faceNo: number) => page.getByRole('menu', { name: `Face ${faceNo}`, exact: true });

async function choose(page: Page, faceNo: number, what: string): Promise<void> {
  await page.getByRole('toolbar', { name: 'Face actions' }).getByRole('button', { name: 'More actions' }).click();
  await menu(page, faceNo).getByRole('menuitem', { name: what, exact: true }).click();
  await expect(menu(page, faceNo)).toHaveCount(0);
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

test.beforeEach(async ({ facebound, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await facebound.open();
  await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
  await facebound.expectFaces(2);
});

test('everything to do with a face is in its menu: by right click on box and card, by key, by button', async ({
  facebound,
  page,
}) => {
  const all = [
    'Use face 2 for Kolors',
    'Zoom to face',
    'Save crop',
    'Copy crop',
    'Copy annotated picture',
    'Copy bounds',
    'Copy faceNo',
    'Copy link to the crop',
    'Copy link to the picture',
  ];
  const expectMenu = async () => {
    await expect(menu(page, 2).getByRole('menuitem')).toHaveCount(all.length);
    for (const name of all) await expect(menu(page, 2).getByRole('menuitem', { name, exact: true })).toBeVisible();
  };
  const close = async () => {
    await page.keyboard.press('Escape');
    await expect(menu(page, 2)).toHaveCount(0);
  };

  await test.step('a right click on the box', async () => {
    const { x, y } = await facebound.middleOfBox(2);
    await page.mouse.click(x, y, { button: 'right' });
    await expectMenu();
    await facebound.expectSelected(2);
    await facebound.expectNoAxeViolations();
    await close();
  });

  await test.step('a right click on the card, and another beside it', async () => {
    await facebound.face(2).click({ button: 'right' });
    await expectMenu();
    await facebound.face(1).click({ button: 'right' });
    await expect(menu(page, 1)).toBeVisible();
    await expect(menu(page, 2)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(menu(page, 1)).toHaveCount(0);
  });

  await test.step('Shift+F10, in the list and anywhere else', async () => {
    await facebound.list.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+F10');
    await expectMenu();
    await close();
    await expect(facebound.list).toBeFocused();
    await page.getByRole('button', { name: 'Present', exact: true }).focus();
    await page.keyboard.press('Shift+F10');
    await expectMenu();
    await close();
    await expect(page.getByRole('button', { name: 'Present', exact: true })).toBeFocused();
  });

  await test.step('its main action opens Kolors', async () => {
    await choose(page, 2, 'Use face 2 for Kolors');
    // The button's hint goes a moment after the focus has moved into the panel, and would take the first Esc.
    await expect(page.getByRole('dialog', { name: 'Kolors' }).getByRole('tab', { name: 'Face 2' })).toBeFocused();
    await expect(page.getByRole('tooltip')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Kolors' })).toHaveCount(0);
    await choose(page, 2, 'Save crop');
    await expect(page.getByRole('dialog', { name: 'Crop of face 2' })).toBeVisible();
  });
});

test('the clipboard takes number, bounds, links, the crop in its own size and the annotated picture', async ({
  facebound,
  page,
}) => {
  await facebound.clickFace(2);
  await choose(page, 2, 'Copy faceNo');
  await expect.poll(() => clipboardText(page)).toBe('2');
  await expect(page.getByRole('status').filter({ hasText: 'faceNo 2 copied' })).toBeVisible();
  await choose(page, 2, 'Copy link to the crop');
  await expect.poll(() => clipboardText(page)).toMatch(/\/files\/.+/);
  const cropLink = await clipboardText(page);
  await choose(page, 2, 'Copy link to the picture');
  await expect.poll(() => clipboardText(page)).not.toBe(cropLink);
  expect(await clipboardText(page)).toMatch(/\/files\/.+/);

  await page.getByRole('toolbar', { name: 'Face actions' }).getByRole('button', { name: 'Copy bounds' }).click();
  await expect.poll(() => clipboardText(page)).toMatch(/^{"x":\d+,"y":\d+,"width":\d+,"height":\d+}$/);
  const bounds: unknown = JSON.parse(await clipboardText(page));
  await choose(page, 2, 'Copy crop');
  const size = async () => {
    const { width, height } = (await clipboardPicture(page)) ?? {};
    return { width, height };
  };
  await expect.poll(async () => ({ ...Object(bounds), ...(await size()) })).toEqual(bounds);
  await choose(page, 2, 'Copy annotated picture');
  await expect.poll(() => clipboardPicture(page)).toMatchObject({ width: 1600, height: 1000 });
});

test('the menu is where it was asked for, also for who wants less motion', async ({ facebound, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const card = await facebound.face(1).boundingBox();
  if (card === null) throw new Error('Face 1 is not on the screen');
  await page.mouse.click(card.x + 20, card.y + 20, { button: 'right' });
  await expect
    .poll(async () => {
      const place = await menu(page, 1).boundingBox();
      return place === null ? undefined : Math.round(Math.hypot(place.x - card.x - 20, place.y - card.y - 20));
    })
    .toBeLessThan(10);
});
