import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

test.beforeEach(async ({ facebound }) => {
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
  await facebound.expectFaces(7);
});

test('clicking a face on the canvas selects it in the list', async ({ facebound }) => {
  await facebound.clickFaceOnStage(3);
  await facebound.expectSelected(3);
  await facebound.clickFaceOnStage(6);
  await facebound.expectSelected(6);
  await expect(facebound.face(6)).toBeInViewport();
});

test('clicking a face in the list shows it on the canvas', async ({ facebound }) => {
  const before = await facebound.stage.screenshot();
  await facebound.clickFace(2);
  await facebound.expectSelected(2);
  await expect.poll(async () => (await facebound.stage.screenshot()).equals(before)).toBe(false);
});

test('arrow keys walk the list', async ({ facebound, page }) => {
  await facebound.clickFace(2);
  await page.keyboard.press('ArrowDown');
  await facebound.expectSelected(3);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await facebound.expectSelected(1);
  await page.keyboard.press('End');
  await facebound.expectSelected(7);
  await page.keyboard.press('Home');
  await facebound.expectSelected(1);
});

test('arrow keys walk from anywhere on the page', async ({ facebound, page }) => {
  await facebound.clickFaceOnStage(4);
  await page.keyboard.press('ArrowRight');
  await facebound.expectSelected(5);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await facebound.expectSelected(3);
});

test('a number picks the face with that number', async ({ facebound, page }) => {
  await page.keyboard.press('5');
  await facebound.expectSelected(5);
});

test('Ctrl-click adds, Shift-click extends', async ({ facebound }) => {
  await facebound.clickFace(2);
  await facebound.face(5).click({ modifiers: ['ControlOrMeta'] });
  await facebound.expectSelected(2, 5);
  await facebound.face(7).click({ modifiers: ['Shift'] });
  await facebound.expectSelected(5, 6, 7);
});

test('the stage tells how many faces it shows', async ({ facebound }) => {
  await expect(facebound.stage.getByRole('img', { name: /7 faces/ })).toBeVisible();
});

test('every option is named by number, name and size', async ({ facebound }) => {
  await expect(facebound.face(1)).toHaveAccessibleName(/^Face 1, face_0, \d+ by \d+ pixels/);
});

test('both thumbnails of a face are pictures that have loaded', async ({ facebound }) => {
  const thumbnails = facebound.face(1).locator('img');
  await expect(thumbnails).toHaveCount(2);
  for (const thumbnail of await thumbnails.all()) {
    await expect.poll(() => thumbnail.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }
});

test('the boxes lie on the drawn faces', async ({ page }) => {
  const picture = await drawnJpeg('team.jpg', groupOf(7));
  const reply = await page.evaluate(() => {
    type Box = { id(): string; getClientRect(): { x: number; y: number; width: number; height: number } };
    const { Konva } = globalThis as typeof globalThis & { Konva?: { stages: { find(selector: string): Box[] }[] } };
    return (Konva?.stages ?? []).flatMap((stage) => stage.find('.face-box').map((box) => box.getClientRect()));
  });
  expect(reply).toHaveLength(7);
  const centres = picture.faces
    .map(({ bound }) => ({ x: bound.x + bound.width / 2, y: bound.y + bound.height / 2 }))
    .toSorted((a, b) => a.x - b.x);
  const drawn = reply
    .map((box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 }))
    .toSorted((a, b) => a.x - b.x);
  // One scale and one offset must carry every drawn face onto its box: the picture is shown unstretched.
  const scale = spread(drawn) / spread(centres);
  const [firstDrawn, firstCentre] = [drawn[0], centres[0]];
  expect(firstDrawn !== undefined && firstCentre !== undefined).toBe(true);
  for (const [index, centre] of centres.entries()) {
    const box = drawn[index];
    const expectedX = (firstDrawn?.x ?? 0) + (centre.x - (firstCentre?.x ?? 0)) * scale;
    const expectedY = (firstDrawn?.y ?? 0) + (centre.y - (firstCentre?.y ?? 0)) * scale;
    expect(Math.hypot((box?.x ?? 0) - expectedX, (box?.y ?? 0) - expectedY)).toBeLessThan(20);
  }
});

const spread = (points: readonly { readonly x: number }[]): number => (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
