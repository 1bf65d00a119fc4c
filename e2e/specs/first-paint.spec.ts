import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures/test.ts';

test('before any code has come the page shows what it is for, in the chosen theme, and a picture dropped on it is not opened in its place', async ({
  page,
  facebound,
}) => {
  await page.addInitScript(() => localStorage.setItem('facebound.theme', 'dark'));
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByText('Drop pictures to find their faces')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'a.jpg', { type: 'image/jpeg' }));
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector('h1')?.dispatchEvent(event);
    if (!event.defaultPrevented) throw new Error('The browser would open the file');
  });
  await expect(page.getByRole('status')).toHaveText('Facebound is still opening. Drop it again in a moment.');
  release();
  await expect(facebound.linkField).toBeVisible();
  await expect(page.getByText('still opening')).toHaveCount(0);
});

test('a tab whose work comes back does not invite to begin while it opens', async ({ page, facebound }) => {
  await facebound.open();
  await facebound.sample('Portrait');
  await expect(facebound.faces).toHaveCount(1);
  await page.route('**/app/config', () => {});
  await page.reload();
  await expect(page.getByRole('status').filter({ hasText: 'Opening Facebound…' })).toBeAttached();
  await expect(page.getByText('Drop pictures to find their faces')).toBeHidden();
});

test('what a sample is called says all that is seen on it', async ({ page, facebound }) => {
  await facebound.open();
  await expect(page.getByRole('button', { name: /^Sample: / })).toHaveCount(3);
  const { violations } = await new AxeBuilder({ page }).withRules(['label-content-name-mismatch']).analyze();
  expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
});
