import { rescale } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { SSD_SIDE, type SsdSide } from '../models/model-files.ts';
import type { PixelSource, Pixels } from '../ports.ts';
import { type QuarterTurn, turnBack, turnPixels } from './quarter-turn.ts';

/** A part of a picture, scaled, turned and padded with black below or to the right to a square for the SSD. */
export type NetworkSquare = {
  /** RGB bytes of `side` × `side` pixels. */
  readonly data: Uint8Array;
  readonly side: SsdSide;
  /** What is no padding of it, in pixels. */
  readonly seen: Size;
  /** A box of the square, as shares of its side, in pixels of the picture that it was cut from, as that lies. */
  readonly toPicture: (box: ImageRect) => ImageRect;
};

export type SquareOptions = {
  /** Largest magnification, pixels of the square per pixel of the picture; none unless it is said. */
  readonly maxScale?: number;
  /** How far the part is turned to stand upright in the square. */
  readonly turn?: QuarterTurn;
  /** Side of the square in pixels. */
  readonly side?: SsdSide;
};

/** Cuts `region` (whole pixels, inside the picture) out and fits it into a square, keeping its proportions. */
export async function cutSquare(
  picture: PixelSource,
  region: ImageRect,
  { maxScale = Number.POSITIVE_INFINITY, turn = 0, side = SSD_SIDE }: SquareOptions = {},
): Promise<NetworkSquare> {
  const scale = Math.min(side / Math.max(region.width, region.height), maxScale);
  const size = {
    width: Math.max(1, Math.round(region.width * scale)),
    height: Math.max(1, Math.round(region.height * scale)),
  };
  const seen = turnPixels(await picture.sample(region, size), turn);
  return {
    data: onBlackSquare(seen, side),
    side,
    seen,
    toPicture: ({ x, y, width, height }) => {
      const lying = turnBack(imageRect(x * side, y * side, width * side, height * side), turn, size);
      const box = rescale(lying, size, region);
      return imageRect(region.x + box.x, region.y + box.y, box.width, box.height);
    },
  };
}

/** Pixels, at most `side` wide and high, in the top left corner of the square. */
export function onBlackSquare({ data, width, height }: Pixels, side: number): Uint8Array {
  const square = new Uint8Array(side * side * 3);
  for (let row = 0; row < height; row += 1) {
    square.set(data.subarray(row * width * 3, (row + 1) * width * 3), row * side * 3);
  }
  return square;
}
