import { area, clampToImage } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { SSD_SIDE } from '../models/model-files.ts';
import type { Networks, PixelSource, Pixels } from '../ports.ts';
import type { Candidate } from './candidates.ts';
import { onBlackSquare } from './network-square.ts';
import { searchUnclamped } from './passes.ts';
import { type QuarterTurn, turnBack, turnPixels } from './quarter-turn.ts';

/** Width of the margin on each side, as a share of the picture's width, and of its height. */
const MARGIN = 0.5;
/** Smallest box that counts, as a share of the picture's long side: the picture is seen at half the usual size. */
const LEAST_SHARE = 0.16;
const LEAST_SCORE = 0.2;
/** How much of a box must lie inside the picture; the rest are reflections of faces that are found as well. */
const LEAST_INSIDE = 0.4;

/**
 * One pass over the picture with itself, mirrored, around it. Faces that fill the picture, or that its edge cuts, are
 * as small and as whole there as those that the network knows. Boxes are in pixels of the picture as it lies.
 */
export async function searchWithMargin(
  picture: PixelSource,
  turn: QuarterTurn,
  networks: Networks,
): Promise<Candidate[]> {
  const long = Math.max(picture.width, picture.height);
  const scale = SSD_SIDE / (1 + 2 * MARGIN) / long;
  const whole = imageRect(0, 0, picture.width, picture.height);
  const size = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  const seen = await picture.sample(whole, size);
  const margin = { x: Math.floor(size.width * MARGIN), y: Math.floor(size.height * MARGIN) };
  const framed = mirrorAround(seen, margin);
  const upright = turnPixels(framed, turn);
  const square = {
    data: onBlackSquare(upright, SSD_SIDE),
    side: SSD_SIDE,
    seen: upright,
    toPicture: ({ x, y, width, height }: ImageRect): ImageRect => {
      const inSquare = imageRect(x * SSD_SIDE, y * SSD_SIDE, width * SSD_SIDE, height * SSD_SIDE);
      const lying = turnBack(inSquare, turn, framed);
      const across = picture.width / size.width;
      const down = picture.height / size.height;
      return imageRect(
        (lying.x - margin.x) * across,
        (lying.y - margin.y) * down,
        lying.width * across,
        lying.height * down,
      );
    },
  } as const;
  const found = await searchUnclamped(square, networks, LEAST_SCORE);
  return found
    .map(({ box, score }) => ({ box: clampToImage(box, picture), score, whole: area(box) }))
    .filter(({ box, whole }) => area(box) >= LEAST_INSIDE * whole)
    .filter(({ box }) => Math.max(box.width, box.height) >= LEAST_SHARE * long)
    .map(({ box, score }) => ({ box, score }));
}

/** Pixels with a margin in which they go on as in a mirror at the edge. The margin is at most as wide as they are. */
export function mirrorAround({ data: source, width, height }: Pixels, margin: { x: number; y: number }): Pixels {
  const framed = { width: width + 2 * margin.x, height: height + 2 * margin.y };
  const data = new Uint8Array(framed.width * framed.height * 3);
  for (let row = 0; row < framed.height; row += 1) {
    const from = mirrored(row - margin.y, height) * width;
    for (let column = 0; column < framed.width; column += 1) {
      const at = (from + mirrored(column - margin.x, width)) * 3;
      const to = (row * framed.width + column) * 3;
      data[to] = source[at] ?? 0;
      data[to + 1] = source[at + 1] ?? 0;
      data[to + 2] = source[at + 2] ?? 0;
    }
  }
  return { data, ...framed };
}

/** The place within `length` that a place up to `length` beyond either end reflects. */
const mirrored = (at: number, length: number): number => (at < 0 ? -1 - at : at >= length ? 2 * length - 1 - at : at);
