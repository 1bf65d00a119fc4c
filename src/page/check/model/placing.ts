import { clampToImage } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';

/** Smallest side of a box that is drawn by hand, in pixels of the picture. */
export const SMALLEST_SIDE = 8;

/** A drawn box as it is kept: on the picture, and no side below the smallest. Between any two corners. */
export function drawnBox(rect: ImageRect, picture: Size): ImageRect {
  const upright = imageRect(
    Math.min(rect.x, rect.x + rect.width),
    Math.min(rect.y, rect.y + rect.height),
    Math.abs(rect.width),
    Math.abs(rect.height),
  );
  const inside = clampToImage(upright, picture);
  const width = Math.min(picture.width, Math.max(SMALLEST_SIDE, inside.width));
  const height = Math.min(picture.height, Math.max(SMALLEST_SIDE, inside.height));
  return imageRect(
    Math.max(0, Math.min(inside.x, picture.width - width)),
    Math.max(0, Math.min(inside.y, picture.height - height)),
    width,
    height,
  );
}

/** The edges that a handle moves: -1 the first of its axis, 1 the second, 0 none. */
export type Handle = { readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 };

export const HANDLES: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: -1, y: 1 },
  { x: -1, y: 0 },
];

/** A box after one of its handles, or all of it, was dragged by so many pixels of the picture. */
export function draggedBox(box: ImageRect, handle: Handle | 'all', dx: number, dy: number, picture: Size): ImageRect {
  if (handle === 'all') {
    return imageRect(
      Math.max(0, Math.min(picture.width - box.width, box.x + dx)),
      Math.max(0, Math.min(picture.height - box.height, box.y + dy)),
      box.width,
      box.height,
    );
  }
  const [left, right] = edges(box.x, box.x + box.width, handle.x, dx);
  const [top, bottom] = edges(box.y, box.y + box.height, handle.y, dy);
  return drawnBox(imageRect(left, top, right - left, bottom - top), picture);
}

/** The two edges of an axis; the one that moves stops before the other. */
function edges(start: number, end: number, which: -1 | 0 | 1, by: number): readonly [number, number] {
  if (which === -1) return [Math.min(start + by, end - SMALLEST_SIDE), end];
  if (which === 1) return [start, Math.max(end + by, start + SMALLEST_SIDE)];
  return [start, end];
}
