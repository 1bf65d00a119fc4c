import Konva from 'konva/lib/Core.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Face } from '#domain/face.ts';
import { imageRect } from '#domain/geometry/spaces.ts';
import { selectionStore } from '#lib/selection-store.ts';
import { faceAt } from '#testing/stage-driver/faces.ts';
import { StageDriver } from '#testing/stage-driver/stage-driver.ts';
import { Stage, type StageProps } from './stage.tsx';

const SIZE = { width: 600, height: 400 };
const FACES: readonly Face[] = [
  faceAt(1, imageRect(60, 80, 60, 80), SIZE),
  faceAt(2, imageRect(240, 120, 120, 160), SIZE),
  faceAt(3, imageRect(270, 160, 40, 50), SIZE),
];

let pictureUrl = '';
let driver: StageDriver | undefined;

/** A picture of one grey, so that every other colour on the stage is a line or a badge. */
async function greyPicture(width = SIZE.width, height = SIZE.height): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D context');
  context.fillStyle = '#808080';
  context.fillRect(0, 0, width, height);
  return URL.createObjectURL(await canvas.convertToBlob());
}

const stageOf = (props: Partial<StageProps> = {}) => (
  <Stage
    pictureUrl={pictureUrl}
    pictureName="team.jpg"
    size={SIZE}
    faces={FACES}
    dimOthers={false}
    labelsShown
    boxesHidden={false}
    onViewChange={() => undefined}
    {...props}
  />
);

beforeEach(async () => {
  pictureUrl = await greyPicture();
  selectionStore.getState().openScope(crypto.randomUUID());
});
afterEach(() => {
  driver?.unmount();
  driver = undefined;
  URL.revokeObjectURL(pictureUrl);
});

test('every face is a visible rectangle of the displayed stage', async () => {
  driver = await StageDriver.render(stageOf(), { width: 900, height: 700 });
  const boxes = driver.stage.find('.face-box');
  expect(boxes.map((box) => box.id()).sort()).toEqual(['face-1', 'face-2', 'face-3']);
  for (const box of boxes) {
    expect(box.getClassName()).toBe('Rect');
    expect(box.isVisible()).toBe(true);
  }
  expect(Reflect.get(globalThis, 'Konva')).toBe(Konva);
});

test('the line of a box is painted where the scene graph has it', async () => {
  driver = await StageDriver.render(stageOf(), { width: 900, height: 700 });
  const { x, y, width, height } = driver.box('face-1');
  expect(driver.pixel({ x: x + width / 2, y })).toEqual([0x56, 0xb4, 0xe9, 255]);
  expect(driver.pixel({ x: x + width / 2, y: y + height / 2 })).toEqual([0x80, 0x80, 0x80, 255]);
});

test('clicking a face selects it', async () => {
  driver = await StageDriver.render(stageOf(), { width: 900, height: 700 });
  await driver.clickFace('face-1');
  driver.expectSelected('face-1');
});
