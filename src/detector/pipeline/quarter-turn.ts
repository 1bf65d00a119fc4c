import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import type { Pixels } from '../ports.ts';

/** How far a picture is turned to stand upright: degrees, clockwise. */
export type QuarterTurn = 0 | 90 | 180 | 270;

export const TURNS: readonly QuarterTurn[] = [0, 90, 180, 270];

/** Pixels turned clockwise. A quarter swaps width and height. */
export function turnPixels(pixels: Pixels, turn: QuarterTurn): Pixels {
  if (turn === 0) return pixels;
  const { data: source, width, height } = pixels;
  const data = new Uint8Array(source.length);
  const { first, along, down } = strides(pixels, turn);
  let from = 0;
  for (let row = 0; row < height; row += 1) {
    let to = (first + row * down) * 3;
    for (let column = 0; column < width; column += 1) {
      data[to] = source[from] ?? 0;
      data[to + 1] = source[from + 1] ?? 0;
      data[to + 2] = source[from + 2] ?? 0;
      from += 3;
      to += along * 3;
    }
  }
  return turn === 180 ? { data, width, height } : { data, width: height, height: width };
}

/**
 * Where the first pixel comes to lie, and how far apart neighbours of a row, and of a column, come to lie: in pixels of
 * the turned picture.
 */
function strides({ width, height }: Size, turn: Exclude<QuarterTurn, 0>) {
  switch (turn) {
    case 90:
      return { first: height - 1, along: height, down: -1 };
    case 180:
      return { first: width * height - 1, along: -1, down: -width };
    case 270:
      return { first: (width - 1) * height, along: -height, down: 1 };
  }
}

/** A box of a turned picture in the picture as it lay before, whose size (in the same unit) is `size`. */
export function turnBack({ x, y, width, height }: ImageRect, turn: QuarterTurn, size: Size): ImageRect {
  switch (turn) {
    case 0:
      return imageRect(x, y, width, height);
    case 90:
      return imageRect(y, size.height - x - width, height, width);
    case 180:
      return imageRect(size.width - x - width, size.height - y - height, width, height);
    case 270:
      return imageRect(size.width - y - height, x, height, width);
  }
}
