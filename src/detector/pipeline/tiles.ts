import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';

/** The share of a tile that neighbours overlap at least. A face up to that share is whole in one. */
const OVERLAP = 0.25;
/** Tiles along the long side. */
const TILES_ALONG = 3;

/**
 * Squares (rectangles where the picture is narrower than the square) that together cover a picture, in whole pixels,
 * row by row. Their side is such that three of them cover the long side: long side / 2.5.
 */
export function coverWithTiles({ width, height }: Size): ImageRect[] {
  const long = Math.max(width, height);
  const side = Math.min(long, Math.ceil(long / (TILES_ALONG - (TILES_ALONG - 1) * OVERLAP)));
  const columns = startsAlong(width, side);
  const rows = startsAlong(height, side);
  return rows.flatMap((y) => columns.map((x) => imageRect(x, y, Math.min(side, width), Math.min(side, height))));
}

/** Evenly spread positions at which squares of `side` cover `length`, overlapping by at least `OVERLAP`. */
function startsAlong(length: number, side: number): number[] {
  if (side >= length) return [0];
  // The allowance keeps a rounded side from asking for one tile too many.
  const count = Math.ceil((length - OVERLAP * side) / ((1 - OVERLAP) * side) - 1e-6);
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - side)) / Math.max(1, count - 1)));
}
