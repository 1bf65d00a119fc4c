import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

test.beforeEach(async ({ facebound }) => {
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
  await facebound.expectFaces(7);
});

test('a face is selected on the canvas, in the list and by key, and all of them show it', async ({
  facebound,
  page,
}) => {
  await test.step('clicking a face on the canvas selects it in the list', async () => {
    await facebound.clickFaceOnStage(3);
    await facebound.expectSelected(3);
    await facebound.clickFaceOnStage(6);
    await facebound.expectSelected(6);
    await expect(facebound.face(6)).toBeInViewport();
  });

  await test.step('clicking a face in the list shows it on the canvas', async () => {
    const before = await facebound.stage.screenshot();
    await facebound.clickFace(2);
    await facebound.expectSelected(2);
    await expect.poll(async () => (await facebound.stage.screenshot()).equals(before)).toBe(false);
  });

  await test.step('arrow keys walk and a number picks from anywhere on the page', async () => {
    await facebound.clickFaceOnStage(4);
    await page.keyboard.press('ArrowRight');
    await facebound.expectSelected(5);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await facebound.expectSelected(3);
    await page.keyboard.press('5');
    await facebound.expectSelected(5);
  });

  await test.step('Ctrl-click adds, Shift-click extends', async () => {
    await facebound.clickFace(2);
    await facebound.face(5).click({ modifiers: ['ControlOrMeta'] });
    await facebound.expectSelected(2, 5);
    await facebound.face(7).click({ modifiers: ['Shift'] });
    await facebound.expectSelected(5, 6, 7);
  });

  await test.step('pointing at a face on the canvas points at it in the list, and selects nothing', async () => {
    const color = (element: HTMLElement) => getComputedStyle(element).backgroundColor;
    const before = await facebound.face(6).evaluate(color);
    await facebound.hoverFaceOnStage(4);
    await expect.poll(() => facebound.face(4).evaluate(color)).not.toBe('rgba(0, 0, 0, 0)');
    await facebound.hoverFaceOnStage(6);
    await expect.poll(() => facebound.face(4).evaluate(color)).toBe('rgba(0, 0, 0, 0)');
    // Pointing changes no selection.
    await facebound.expectSelected(5, 6, 7);
    expect(await facebound.face(6).evaluate(color)).toBe(before);
  });
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
    return (Konva?.stages ?? []).flatMap((stage) => stage.find('.box').map((box) => box.getClientRect()));
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
