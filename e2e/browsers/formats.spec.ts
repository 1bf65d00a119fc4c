import { iou } from '#shared/geometry/rect.ts';
import * as pictures from '../fixtures/format-pictures.ts';
import { expect, test } from './test.ts';
import { button, PICTURES, type Visitor } from './visitor.ts';

/** Every format that people bring; each is decoded by the browser itself or by code that the browser runs. */
const everyFormat = async () => [
  await pictures.orientedJpeg(6),
  await pictures.progressiveJpeg(),
  await pictures.plainPng(),
  await pictures.heic(),
  await pictures.avif(),
  await pictures.turnedWebp(),
  await pictures.turnedTiff(),
];

test('pictures of every format, dropped together, are painted upright with a box on each face', async ({ visitor }) => {
  const dropped = await everyFormat();
  await visitor.open();
  await visitor.drop(...dropped);
  for (const picture of dropped) await expectUpright(visitor, picture);
});

test('pictures of every format, chosen together, are painted upright with a box on each face', async ({ visitor }) => {
  const chosen = await everyFormat();
  await visitor.open();
  await visitor.choose(...chosen);
  for (const picture of chosen) await expectUpright(visitor, picture);
});

/** Opens a picture; it is painted whole, as it was taken, and a box lies on each of its faces. */
async function expectUpright(visitor: Visitor, picture: pictures.FormatPicture): Promise<void> {
  await test.step(picture.name, async () => {
    await visitor.expectFound(picture.name, 2);
    await visitor.click(button(`${picture.name}, 2 faces`, PICTURES));
    await visitor.expectFaces(2);
    await visitor.expectPainted();
    const place = await visitor.placeOf(picture);
    const scale = place.width / picture.width;
    const boxes = [...(await visitor.boxes()).values()];
    for (const { bound } of picture.faces) {
      const [x, y] = [place.x + bound.x * scale, place.y + bound.y * scale];
      const drawn = { x, y, width: bound.width * scale, height: bound.height * scale };
      expect(Math.max(...boxes.map((box) => iou(box, drawn)))).toBeGreaterThanOrEqual(0.4);
    }
  });
}
