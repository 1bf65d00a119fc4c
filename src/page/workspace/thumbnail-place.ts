import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** Which part of a picture a square thumbnail shows, as CSS `object-position` has it: 0 is left or top, 100 the other end. */
export type ThumbnailPlace = { readonly x: number; readonly y: number };

const MIDDLE = 50;

/** Hair and chin beyond the box, as shares of its sides: a head is more than a face. */
const HEAD = { above: 0.45, below: 0.15, aside: 0.2 } as const;

/** The largest faces decide; thousands of others would cost time and change nothing. */
const MOST_FACES = 60;

/** A stretch along the picture's longer side, in pixels of the picture. */
type Stretch = { readonly from: number; readonly to: number };

/**
 * Where the square is that shows most of the heads: along the longer side it goes where the most of them lie, by size,
 * and there has them in its middle. Boxes are in pixels of `size`.
 */
export function thumbnailPlace(faces: readonly Pick<Face, 'bound'>[], size: Size): ThumbnailPlace {
  const isWide = size.width >= size.height;
  const length = Math.max(size.width, size.height);
  const side = Math.min(size.width, size.height);
  if (faces.length === 0 || length === side || side <= 0) return { x: MIDDLE, y: MIDDLE };

  const heads = faces
    .toSorted((a, b) => b.bound.width * b.bound.height - a.bound.width * a.bound.height)
    .slice(0, MOST_FACES)
    .map(({ bound }): Stretch => {
      const { x, y, width, height } = bound;
      return isWide
        ? { from: x - width * HEAD.aside, to: x + width * (1 + HEAD.aside) }
        : { from: y - height * HEAD.above, to: y + height * (1 + HEAD.below) };
    });
  const shownAt = (start: number) =>
    heads.reduce((sum, head) => sum + Math.max(0, Math.min(head.to, start + side) - Math.max(head.from, start)), 0);
  const held = (start: number) => Math.min(Math.max(start, 0), length - side);
  // Most is shown where some head begins at the edge of the square, or ends there.
  const starts = heads.flatMap(({ from, to }) => [held(from), held(to - side)]);
  const best = starts.reduce((first, start) => (shownAt(start) > shownAt(first) + 0.5 ? start : first));
  const shown = heads.filter(({ from, to }) => from < best + side && to > best);
  const from = Math.min(...shown.map((head) => head.from));
  const to = Math.max(...shown.map((head) => head.to));
  const centred = held((from + to - side) / 2);
  const start = shownAt(centred) >= shownAt(best) - 0.5 ? centred : best;
  const along = (start / (length - side)) * 100;
  return isWide ? { x: along, y: MIDDLE } : { x: MIDDLE, y: along };
}
