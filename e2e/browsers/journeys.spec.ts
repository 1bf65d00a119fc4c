import sharp from 'sharp';
import { z } from 'zod';
import { faceColor } from '#shared/palette.ts';
import { hasColorNear, pixelsOf, unzip } from '../fixtures/exports.ts';
import { drawnJpeg, drawnPng, groupOf } from '../fixtures/pictures.ts';
import { deviation, edges } from './painted.ts';
import { expect, test } from './test.ts';
import { button, face, middleOf, PICTURES, type Visitor, type Wanted } from './visitor.ts';

const PRESENTATION: Wanted = { role: 'dialog', name: 'Presentation' };
const KOLORS: Wanted = { role: 'dialog', name: 'Kolors' };

/** Opens the page with a group whose faces are found. */
async function withGroup(visitor: Visitor, people: number): Promise<void> {
  await visitor.open();
  await visitor.drop(await drawnJpeg('team.jpg', groupOf(people)));
  await visitor.expectFaces(people);
  await visitor.expectPainted();
}

test('a face is selected on the picture, in the list and by keys, alone and with others', async ({ visitor }) => {
  const { driver } = visitor;
  await withGroup(visitor, 7);
  await visitor.clickFaceOnStage(3);
  await visitor.expectSelected(3);
  await visitor.click(face(5));
  await visitor.expectSelected(5);
  await driver.press('ArrowRight');
  await visitor.expectSelected(6);
  await driver.press('2');
  await visitor.expectSelected(2);
  await driver.hold('Control', () => visitor.click(face(4)));
  await visitor.expectSelected(2, 4);
  await driver.hold('Shift', () => visitor.click(face(6)));
  await visitor.expectSelected(4, 5, 6);
  await visitor.clickFaceOnStage(1);
  await visitor.expectSelected(1);
  await visitor.expectPainted();
});

test('the wheel zooms around the pointer, a drag moves the picture, keys bring it back, H hides the boxes', async ({
  visitor,
}) => {
  const { driver } = visitor;
  await withGroup(visitor, 7);
  const atFit = await visitor.boxOf(4);
  const pointer = middleOf(atFit);

  await test.step('the point under the pointer stays, the picture grows', async () => {
    await driver.wheel(pointer, -300, 'Control');
    await expect.poll(async () => (await visitor.boxOf(4)).width / atFit.width).toBeGreaterThan(1.2);
    await visitor.settle();
    const { x, y } = middleOf(await visitor.boxOf(4));
    expect(Math.hypot(x - pointer.x, y - pointer.y)).toBeLessThan(2);
    await visitor.expectPainted();
  });

  await test.step('it goes with the hand', async () => {
    const before = middleOf(await visitor.boxOf(4));
    await driver.drag({ x: before.x, y: before.y + 10 }, { x: before.x - 60, y: before.y - 30 });
    await expect.poll(async () => middleOf(await visitor.boxOf(4)).x - before.x).toBeCloseTo(-60, 0);
    await visitor.expectPainted();
  });

  await test.step('0 fits it again, Z goes to a face', async () => {
    await driver.press('0');
    await expect.poll(() => visitor.boxOf(4)).toEqual(atFit);
    await driver.press('2');
    await driver.press('z');
    await expect.poll(async () => (await visitor.boxOf(2)).width).toBeGreaterThan(2 * atFit.width);
    await visitor.expectPainted();
    await driver.press('0');
    await expect.poll(() => visitor.boxOf(4)).toEqual(atFit);
  });

  await test.step('while H is held every box is gone and the picture is there', async () => {
    await driver.hold('h', async () => {
      const gone = (missing: readonly string[]) => missing.map((words) => words.replace(/:.*/, '')).toSorted();
      const boxes = [1, 2, 3, 4, 5, 6, 7].map((faceNo) => `box of face ${faceNo}`);
      await expect.poll(async () => gone(await visitor.missing())).toEqual(boxes);
    });
    await visitor.expectPainted();
  });
});

test('a link is fetched and painted', async ({ visitor, pictureHost }) => {
  const picture = await drawnJpeg('linked.jpg', groupOf(3));
  await visitor.open();
  await visitor.link(pictureHost.serve('linked.jpg', picture.bytes, picture.type));
  await visitor.expectFound('linked.jpg', 3);
  await visitor.expectFaces(3);
  await visitor.expectPainted();
});

test('ten pictures at once are found one after another, and each is painted when it is opened', async ({ visitor }) => {
  const sizes = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5];
  const pictures = await Promise.all(
    sizes.map((people, index) =>
      drawnJpeg(`picture-${index}.jpg`, { ...groupOf(people, `batch-${index}`), width: 960, height: 600 }),
    ),
  );
  await visitor.open();
  await visitor.drop(...pictures);
  for (const [index, people] of sizes.entries()) {
    await visitor.expectOne(button(new RegExp(`^picture-${index}\\.jpg, ${people} faces?$`), PICTURES));
  }
  for (const index of [9, 4, 0]) {
    await visitor.click(button(new RegExp(`^picture-${index}\\.jpg, `), PICTURES));
    await visitor.expectFaces(sizes[index] ?? 0);
    await visitor.expectPainted();
  }
});

test('the annotated PNG has the size and the pixels of the picture, and a box around each face', async ({
  visitor,
}) => {
  const picture = await drawnPng('team.png', groupOf(5));
  await visitor.open();
  await visitor.drop(picture);
  await visitor.expectFaces(5);
  const { name, bytes } = await visitor.exportedAs(/^Annotated PNG(?!,)/);
  expect(name).toBe('team-annotated.png');
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1600, height: 1000 });
  const [drawn, source] = [await pixelsOf(bytes), await pixelsOf(picture.bytes)];
  for (const [x, y] of [
    [0, 0],
    [1599, 0],
    [0, 999],
    [1599, 999],
    [800, 20],
  ] as const) {
    expect(drawn.at(x, y)).toBe(source.at(x, y));
  }
  const coco = await cocoBoxes(visitor);
  for (const [index, [x = 0, y = 0, width = 0, height = 0]] of coco.entries()) {
    const color = faceColor(index + 1);
    expect(hasColorNear(drawn, x + width / 2, y + height, color), `lower edge of face ${index + 1}`).toBe(true);
    expect(hasColorNear(drawn, x, y + height / 2, color), `left edge of face ${index + 1}`).toBe(true);
    expect(drawn.at(x + width / 2, y + height / 2)).toBe(source.at(x + width / 2, y + height / 2));
  }
});

/** The boxes that an export to COCO tells, by faceNo. */
async function cocoBoxes(visitor: Visitor): Promise<number[][]> {
  const { bytes } = await visitor.exportedAs(/^COCO/);
  const document = z.object({ annotations: z.array(z.object({ bbox: z.array(z.number()).length(4) })) });
  return document.parse(JSON.parse(bytes.toString())).annotations.map(({ bbox }) => bbox);
}

test('all crops leave in one ZIP, COCO tells the boxes at which they were cut', async ({ visitor }) => {
  await withGroup(visitor, 5);
  const { name, bytes } = await visitor.exportedAs(/^Crops of all faces/);
  expect(name).toBe('team-crops.zip');
  const files = await unzip(bytes);
  expect([...files.keys()]).toEqual([1, 2, 3, 4, 5].map((faceNo) => `team/face-${faceNo}.png`));
  for (const [index, [, , boxWidth = 0, boxHeight = 0]] of (await cocoBoxes(visitor)).entries()) {
    const crop = files.get(`team/face-${index + 1}.png`);
    const { width, height } = await sharp(crop).metadata();
    expect(Math.abs(width - boxWidth)).toBeLessThanOrEqual(1);
    expect(Math.abs(height - boxHeight)).toBeLessThanOrEqual(1);
    expect((await sharp(crop).stats()).channels[0]?.stdev).toBeGreaterThan(8);
  }
});

test('a saved result, dropped again, is the same page', async ({ visitor }) => {
  await withGroup(visitor, 5);
  const saved = await visitor.exportedAs(/^Response and picture/);
  expect(saved.name).toBe('team.facebound.zip');
  const [faces, boxes] = [await namesOfFaces(visitor), await visitor.boxes()];
  await visitor.click(button('Remove team.jpg', PICTURES));
  await visitor.expectFaces(0);
  await visitor.drop({ name: 'renamed.bin', type: '', bytes: saved.bytes });
  await visitor.expectFaces(5);
  await visitor.expectPainted();
  expect(await namesOfFaces(visitor)).toEqual(faces);
  expect(await visitor.boxes()).toEqual(boxes);
});

const namesOfFaces = async (visitor: Visitor): Promise<string[]> =>
  (await visitor.look({ role: 'option', within: { role: 'listbox', name: 'Faces' } })).map(({ name }) => name);

test('a reload brings back pictures, selection and what is painted', async ({ visitor }) => {
  await withGroup(visitor, 5);
  await visitor.drop(await drawnJpeg('pair.jpg', groupOf(2, 'pair')));
  await visitor.expectFound('pair.jpg', 2);
  await visitor.click(button(/^team\.jpg, /, PICTURES));
  await visitor.expectFaces(5);
  await visitor.click(face(4));
  await visitor.expectSelected(4);
  await visitor.expectRemembered(2);
  await visitor.driver.reload();
  await visitor.expectFaces(5);
  await visitor.expectSelected(4);
  await visitor.expectPainted();
  await visitor.click(button(/^pair\.jpg, /, PICTURES));
  await visitor.expectFaces(2);
  await visitor.expectPainted();
});

test('the presentation fills the screen, shows one face after another and blurs all others', async ({ visitor }) => {
  const { driver } = visitor;
  await withGroup(visitor, 4);
  await driver.press('p');
  await visitor.expectOne(PRESENTATION);
  await expect.poll(async () => (await visitor.extent()).isFullScreen).toBe(true);
  await visitor.expectText(PRESENTATION, /4 faces/);
  await driver.press('ArrowRight');
  await visitor.expectText(PRESENTATION, /Face 1 of 4/);
  await driver.press('ArrowRight');
  await visitor.expectText(PRESENTATION, /Face 2 of 4/);
  const whole = async () => {
    const { width, height } = await visitor.extent();
    return { x: 0, y: 0, width, height };
  };
  await visitor.settle();
  // Where the third of four people has the eyes, beside the second, which was flown to; within the frame.
  const eyes = async () => {
    const { width, height } = await visitor.extent();
    return { x: width * 0.84, y: height * 0.27, width: width * 0.07, height: height * 0.3 };
  };
  const sharpness = async () => edges(await visitor.screenshot(), await eyes());
  await expect.poll(async () => deviation(await visitor.screenshot(), await whole())).toBeGreaterThan(8);
  const before = await sharpness();
  await driver.press('b');
  await expect.poll(sharpness).toBeLessThan(before * 0.8);
  await driver.press('Escape');
  await visitor.expectCount(PRESENTATION, 0);
  await expect.poll(async () => (await visitor.extent()).isFullScreen).toBe(false);
  await visitor.expectPainted();
});

test('a face is handed to Kolors: the panel shows it, takes a prompt and gives the script', async ({ visitor }) => {
  const { driver } = visitor;
  await withGroup(visitor, 4);
  await driver.press('3');
  await visitor.expectSelected(3);
  await driver.press('Enter');
  await visitor.expectOne({ role: 'tab', name: 'Face 3', within: KOLORS });
  await visitor.fill({ role: 'textbox', name: 'Prompt', within: KOLORS }, 'A lighthouse keeper: "calm"; 1907');
  await visitor.click({ role: 'tab', name: 'Python', within: KOLORS });
  await visitor.expectText(
    { role: 'region', name: 'Request', within: KOLORS },
    /A lighthouse keeper: \\?"calm\\?"; 1907/,
  );
  await visitor.click(button('Generate', KOLORS));
  await visitor.expectText(KOLORS, /Generating needs a useapi\.net token/);
  await driver.press('Escape');
  await visitor.expectCount(KOLORS, 0);
  await visitor.expectPainted();
});

test('on a phone everything fits 390 pixels, and a picture is chosen, painted and tapped', async ({ visitor }) => {
  await visitor.open();
  await visitor.resizeTo(390, 844);
  await visitor.choose(await drawnJpeg('team.jpg', groupOf(4)));
  await visitor.expectFaces(4);
  await visitor.expectPainted();
  await visitor.clickFaceOnStage(2);
  await visitor.expectSelected(2);
  await visitor.click(face(4));
  await visitor.expectSelected(4);
  expect((await visitor.extent()).pageWidth).toBeLessThanOrEqual(390);
});
