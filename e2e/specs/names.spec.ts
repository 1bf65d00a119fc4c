import type { Locator, Page } from '@playwright/test';
import type { HandedFile } from '../fixtures/facebound-page.ts';
import { expect, test } from '../fixtures/test.ts';
import { plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

/** So many different pictures; the first have these names, the others `1.jpg` and so on. */
const picturesOf = (count: number, ...names: readonly string[]): Promise<HandedFile[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      plainPicture(names[index] ?? `${index + 1}.jpg`, `#${(0x203040 + index * 0x0b0d11).toString(16)}`),
    ),
  );

const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name, exact: true, level: 2 });
const tile = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Pictures' }).getByRole('button', { name: `${name}, 3 faces`, exact: true });

/** Wide, a tablet, the edge between, phones of both kinds, one on its side. */
const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 844, height: 390 },
  { width: 390, height: 844 },
  { width: 320, height: 568 },
] as const;

test.beforeEach(async ({ page }) => tellFaces(page, THREE_FACES));

test('name and place of the open picture are on the screen at every size, and in the title of the tab', async ({
  facebound,
  page,
}) => {
  test.slow();
  const long = `${'Holiday in Norway '.repeat(11)}0001.jpg`;
  const unbroken = `${'x'.repeat(196)}.jpg`;
  const hebrew = 'תמונה משפחתית מהחופשה בצפון 2026.jpg';
  const family = '👨‍👩‍👧‍👦 picnic 🧺.jpg';
  const names = ['team.jpg', long, unbroken, hebrew, family];
  await facebound.open();
  await expect(page).toHaveTitle('Facebound');
  await facebound.drop(...(await picturesOf(7, ...names)));
  for (const name of names) await expect(tile(page, name)).toBeAttached();

  for (const [index, name] of names.entries()) {
    await test.step(`“${name.slice(0, 24)}”`, async () => {
      // A small phone has its strip folded away.
      await facebound.resizeTo(WINDOWS[0]);
      await tile(page, name).click();
      const place = page.getByText(`${index + 1} of 7`, { exact: true });
      for (const window of WINDOWS) {
        await facebound.resizeTo(window);
        const where = `${window.width} × ${window.height}`;
        await expect(heading(page, name), where).toBeInViewport({ ratio: 0.99 });
        await expect(place, where).toBeInViewport({ ratio: 0.99 });
        // Neither beside the window, nor under anything, nor over the picture.
        expect(await nearestAt(heading(page, name)), where).toBe(true);
        expect(await nearestAt(place), where).toBe(true);
        expect(await excessWidth(page), where).toBe(0);
        const stage = await boxOf(facebound.stage);
        expect((await boxOf(heading(page, name))).bottom, where).toBeLessThanOrEqual(stage.top);
      }
    });
  }
  await facebound.resizeTo(WINDOWS[0]);
  await tile(page, 'team.jpg').click();
  await expect(page).toHaveTitle('team.jpg · 1 of 7 · Facebound');
  await page.keyboard.press(']');
  await expect(page).toHaveTitle(/^Holiday in Norway .*….*0001\.jpg · 2 of 7 · Facebound$/);
  await facebound.expectNoAxeViolations();
  await facebound.reload();
  await expect(page).toHaveTitle(/0001\.jpg · 2 of 7 · Facebound$/);
});

test('a name that would turn the words around it is shown without what turns them', async ({ facebound, page }) => {
  await facebound.open();
  await facebound.drop(...(await picturesOf(2, 'evil\u202Egnp.jpg')));
  await expect(tile(page, '2.jpg')).toBeVisible();
  await page.getByRole('button', { name: /^evil.*3 faces/ }).click();
  await expect(heading(page, 'evilgnp.jpg')).toBeVisible();
  await expect(page).toHaveTitle('evilgnp.jpg · 1 of 2 · Facebound');
  await page.getByRole('button', { name: 'Remove 2.jpg' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle('evilgnp.jpg · Facebound');
});

for (const [layout, viewport] of [
  ['column', { width: 1440, height: 700 }],
  ['row', { width: 1024, height: 768 }],
  ['row of a phone', { width: 390, height: 844 }],
] as const) {
  test.describe(`the filmstrip as a ${layout}`, () => {
    test.use({ viewport });

    test('follows the open picture, however it was opened', async ({ facebound, page }) => {
      await facebound.open();
      const pictures = await picturesOf(16);
      await facebound.drop(...pictures);
      for (const { name } of pictures) await expect(tile(page, name)).toBeAttached();
      await tile(page, '1.jpg').click();
      await test.step('by keys, forth and back', async () => {
        for (let count = 2; count <= 13; count++) await page.keyboard.press(']');
        await expect(page.getByText('13 of 16', { exact: true })).toBeVisible();
        await expect(tile(page, '13.jpg')).toBeInViewport({ ratio: 1 });
        // What comes next is seen as well.
        await expect(tile(page, '14.jpg')).toBeInViewport({ ratio: 0.8 });
        for (let count = 12; count >= 1; count--) await page.keyboard.press('[');
        await expect(tile(page, '1.jpg')).toBeInViewport({ ratio: 1 });
      });
      await test.step('by handing it over again, and by bringing it back', async () => {
        const [last] = pictures.slice(-1);
        if (last === undefined) throw new Error('No pictures');
        await facebound.drop(last);
        await expect(tile(page, '16.jpg')).toBeInViewport({ ratio: 1 });
        await facebound.pictures.getByRole('button', { name: 'Remove 16.jpg' }).click();
        await tile(page, '1.jpg').click();
        await page.keyboard.press('Control+z');
        await expect(tile(page, '16.jpg')).toBeInViewport({ ratio: 1 });
      });
      await test.step('after a reload', async () => {
        // What was brought back a moment ago is being written down again, which this waits for.
        await facebound.reload();
        await expect(page.getByText('16 of 16', { exact: true })).toBeVisible();
        await expect(tile(page, '16.jpg')).toBeInViewport({ ratio: 1 });
      });
    });

    test('is there at once for who wants less motion', async ({ facebound, page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await facebound.open();
      const pictures = await picturesOf(12);
      await facebound.drop(...pictures);
      for (const { name } of pictures) await expect(tile(page, name)).toBeAttached();
      await tile(page, '1.jpg').click();
      for (let count = 2; count <= 12; count++) {
        await page.keyboard.press(']');
        expect(await isInStrip(tile(page, `${count}.jpg`)), `${count}.jpg`).toBe(true);
      }
    });
  });
}

/** Whether what is seen in the middle of an element is the element itself or lies in it. */
const nearestAt = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  });

const boxOf = (locator: Locator): Promise<{ readonly top: number; readonly bottom: number }> =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return { top, bottom };
  });

const excessWidth = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Asked once and now: what is still on its way is not there. */
const isInStrip = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => {
    const strip = element.closest('nav')?.getBoundingClientRect();
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return (
      strip !== undefined &&
      left >= strip.left - 1 &&
      right <= strip.right + 1 &&
      top >= strip.top - 1 &&
      bottom <= strip.bottom + 1
    );
  });
