import type { ImagePoint, ImageRect } from '#shared/geometry/spaces.ts';
import { imagePoint } from '#shared/geometry/spaces.ts';
import { SSD_SIDE } from '../models/model-files.ts';
import type { PixelSource, Pixels } from '../ports.ts';

/** A part of a picture, scaled and padded with black below or to the right to the square that the SSD looks at. */
export type NetworkSquare = {
  /** RGB bytes of `SSD_SIDE` × `SSD_SIDE` pixels. */
  readonly data: Uint8Array;
  /** A point of the square, as shares of its side, in pixels of the picture that it was cut from. */
  readonly toPicture: (x: number, y: number) => ImagePoint;
};

/**
 * Cuts `region` (whole pixels, inside the picture) out and fits it into a square, keeping its proportions.
 * `maxScale` is the largest magnification, pixels of the square per pixel of the picture.
 */
export async function cutSquare(picture: PixelSource, region: ImageRect, maxScale: number): Promise<NetworkSquare> {
  const scale = Math.min(SSD_SIDE / Math.max(region.width, region.height), maxScale);
  const width = Math.max(1, Math.round(region.width * scale));
  const height = Math.max(1, Math.round(region.height * scale));
  return {
    data: onBlackSquare(await picture.sample(region, { width, height })),
    toPicture: (x, y) =>
      imagePoint(region.x + (x * SSD_SIDE * region.width) / width, region.y + (y * SSD_SIDE * region.height) / height),
  };
}

/** Pixels, at most `SSD_SIDE` wide and high, in the top left corner of the square. */
function onBlackSquare({ data, width, height }: Pixels): Uint8Array {
  const square = new Uint8Array(SSD_SIDE * SSD_SIDE * 3);
  for (let row = 0; row < height; row += 1) {
    square.set(data.subarray(row * width * 3, (row + 1) * width * 3), row * SSD_SIDE * 3);
  }
  return square;
}
