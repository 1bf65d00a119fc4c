import type { ImageRect } from '#shared/geometry/spaces.ts';
import { imagePoint } from '#shared/geometry/spaces.ts';
import type { PixelSource, Pixels } from '../ports.ts';
import { invertSimilarity, type Similarity } from './similarity.ts';
import { type Outside, warp } from './warp.ts';

/**
 * Draws the part `area` (whole pixels) of a picture onto a square of `side` pixels through `toSquare`. What has to be
 * shrunk to less than `averageBelow` (a scale) is averaged first, so that nothing flickers through; the rest is only
 * interpolated.
 */
export async function drawFaceSquare(
  picture: PixelSource,
  area: ImageRect,
  toSquare: Similarity,
  side: number,
  outside: Outside,
  averageBelow = 0.5,
): Promise<Pixels> {
  const toPicture = invertSimilarity(toSquare);
  const scale = Math.hypot(toSquare.a, toSquare.b);
  if (scale >= averageBelow) return warp(await picture.sample(area, area), area, toPicture, side, outside);
  // Rounding moves the far edge by half a pixel of the square at most.
  const width = Math.max(1, Math.round(area.width * scale));
  const height = Math.max(1, Math.round(area.height * scale));
  const toShrunk = {
    a: toPicture.a * scale,
    b: toPicture.b * scale,
    dx: (toPicture.dx - area.x) * scale,
    dy: (toPicture.dy - area.y) * scale,
  };
  return warp(await picture.sample(area, { width, height }), imagePoint(0, 0), toShrunk, side, outside);
}
