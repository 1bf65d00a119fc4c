/** How the stage shows long pictures, and what it says in passing. */
import { expect, test } from '../fixtures/test.ts';
import { plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

test('a tall picture fits its width by itself and says so; how to zoom is said once', async ({ facebound, page }) => {
  await tellFaces(page, THREE_FACES);
  await facebound.open();
  await facebound.drop(await plainPicture('team.jpg'));
  await facebound.expectFaces(3);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const said = (text: string | RegExp) => facebound.stage.getByRole('status').getByText(text);
  await expect(button('Fit')).toHaveAttribute('aria-pressed', 'true');
  await expect(button('Fit width')).toBeHidden();

  await test.step('the first plain wheel over the stage tells how to zoom, and no other', async () => {
    const box = await facebound.stage.boundingBox();
    if (box === null) throw new Error('There is no stage');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.clock.install();
    await page.mouse.wheel(0, 40);
    await expect(said('Ctrl + wheel zooms')).toBeVisible();
    await page.clock.fastForward(10_000);
    await expect(said('Ctrl + wheel zooms')).toBeHidden();
    await page.mouse.wheel(0, 40);
    await page.clock.fastForward(1_000);
    await expect(said('Ctrl + wheel zooms')).toBeHidden();
  });

  await test.step('a tall picture', async () => {
    const size = { width: 400, height: 3000 };
    await tellFaces(page, THREE_FACES, size);
    await facebound.drop(await plainPicture('tall.jpg', '#557766', size));
    await facebound.pictures.getByRole('button', { name: /^tall\.jpg/ }).click();
    await expect(button('Fit width')).toHaveAttribute('aria-pressed', 'true');
    await expect(button('Fit')).toHaveAttribute('aria-pressed', 'false');
    await expect(said(/tall picture, fitted to its width/)).toBeVisible();
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('0');
    await expect(button('Fit')).toHaveAttribute('aria-pressed', 'true');
    await button('Fit width').click();
    await expect(button('Fit width')).toHaveAttribute('aria-pressed', 'true');
  });
});
