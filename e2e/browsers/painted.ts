import sharp from 'sharp';
import { faceColor } from '#shared/palette.ts';
import { CORNERS, MARK } from '../fixtures/format-pictures.ts';
import type { Rect } from './in-page/eye.ts';

type Size = { readonly width: number; readonly height: number };
type Colour = readonly [red: number, green: number, blue: number];

/** The pixels of a screenshot, which has one for each CSS pixel. */
export type Shot = Size & { at(x: number, y: number): Colour };

export async function readShot(png: Buffer): Promise<Shot> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return {
    width,
    height,
    at(x, y) {
      const start = (y * width + x) * 3;
      return [data[start] ?? 0, data[start + 1] ?? 0, data[start + 2] ?? 0];
    },
  };
}

/** How far the brightness in a part of a screenshot strays from its mean, 0 to 127: an empty stage is below 2. */
export function deviation(shot: Shot, part: Rect): number {
  const values: number[] = [];
  for (const [x, y] of pixelsIn(shot, part)) {
    const [red, green, blue] = shot.at(x, y);
    values.push((red + green + blue) / 3);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Mean step in brightness from one pixel to the next in a part of a screenshot: what is blurred or in blocks has less. */
export function edges(shot: Shot, part: Rect): number {
  const brightness = (x: number, y: number) => shot.at(x, y).reduce((sum, value) => sum + value, 0) / 3;
  let [steps, pixels] = [0, 0];
  for (const [x, y] of pixelsIn(shot, { ...part, width: part.width - 1 })) {
    steps += Math.abs(brightness(x + 1, y) - brightness(x, y));
    pixels += 1;
  }
  return steps / pixels;
}

/** Where a picture with marks in its corners (`format-pictures.ts`) is painted, or what is wrong with how it is. */
export function placeOfPicture(shot: Shot, stage: Rect, { width, height }: Size): Rect | string {
  const sums = CORNERS.map(() => ({ count: 0, x: 0, y: 0 }));
  const colours = CORNERS.map(colourOf);
  for (const [x, y] of pixelsIn(shot, stage)) {
    const sum = sums[colours.findIndex((colour) => isNear(shot.at(x, y), colour, MARK_TOLERANCE))];
    if (sum === undefined) continue;
    sum.count += 1;
    sum.x += x + 0.5;
    sum.y += y + 0.5;
  }
  const middles = sums.map(({ count, x, y }) => ({ x: x / count, y: y / count }));
  const [topLeft, topRight, bottomRight, bottomLeft] = middles;
  if (topLeft === undefined || topRight === undefined || bottomRight === undefined || bottomLeft === undefined)
    return 'a picture has four corners';
  const scale = (topRight.x - topLeft.x) / (width - MARK);
  const expected = { width: (width - MARK) * scale, height: (height - MARK) * scale };
  const told = () => JSON.stringify({ middles, counts: sums.map(({ count }) => count), scale });
  if (sums.some(({ count }) => count === 0)) return `a corner is not painted: ${told()}`;
  // Another turn or a mirror would put another colour there; another shape, the corner itself.
  const corners = [
    [topLeft, topLeft.x, topLeft.y],
    [topRight, topLeft.x + expected.width, topLeft.y],
    [bottomRight, topLeft.x + expected.width, topLeft.y + expected.height],
    [bottomLeft, topLeft.x, topLeft.y + expected.height],
  ] as const;
  if (!(scale > 0)) return `it lies another way: ${told()}`;
  if (corners.some(([{ x, y }, wantedX, wantedY]) => Math.hypot(x - wantedX, y - wantedY) > 3)) {
    return `it lies another way, or is stretched: ${told()}`;
  }
  if (sums.some(({ count }) => count < 0.8 * (MARK * scale) ** 2)) return `a corner is covered: ${told()}`;
  const edge = (MARK * scale) / 2;
  return { x: topLeft.x - edge, y: topLeft.y - edge, width: width * scale, height: height * scale };
}

/** Share of a box's left, right and lower edge, as the scene has it, where a screenshot shows the colour of its face. */
export function paintedShare(shot: Shot, box: Rect, faceNo: number): number {
  const colour = colourOf(faceColor(faceNo));
  let [painted, looked] = [0, 0];
  const check = (x: number, y: number) => {
    looked += 1;
    const isThere = around.some(([dx, dy]) =>
      isNear(shot.at(Math.round(x) + dx, Math.round(y) + dy), colour, LINE_TOLERANCE),
    );
    if (isThere) painted += 1;
  };
  for (let along = 0.1; along < 0.9; along += 0.02) {
    check(box.x, box.y + box.height * along);
    check(box.x + box.width, box.y + box.height * along);
    check(box.x + box.width * along, box.y + box.height);
  }
  return painted / looked;
}

/** Print, wide colours and JPEG move a mark's colour by less; another mark's is further away. */
const MARK_TOLERANCE = 40;
const LINE_TOLERANCE = 24;
const around = [-2, -1, 0, 1, 2].flatMap((dx) => [-2, -1, 0, 1, 2].map((dy) => [dx, dy] as const));

const colourOf = (hex: string): Colour => {
  const channel = (start: number) => Number.parseInt(hex.slice(start, start + 2), 16);
  return [channel(1), channel(3), channel(5)];
};

const isNear = (a: Colour, b: Colour, tolerance: number): boolean =>
  a.every((value, channel) => Math.abs(value - (b[channel] ?? 0)) <= tolerance);

function* pixelsIn({ width, height }: Shot, part: Rect): Generator<readonly [x: number, y: number]> {
  const [right, bottom] = [Math.min(width, part.x + part.width), Math.min(height, part.y + part.height)];
  for (let y = Math.max(0, Math.ceil(part.y)); y < Math.floor(bottom); y++) {
    for (let x = Math.max(0, Math.ceil(part.x)); x < Math.floor(right); x++) yield [x, y];
  }
}
