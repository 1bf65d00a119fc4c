import type { FaceBoundValue } from '#contract/recognize-faces.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';

/** The whole-pixel box nearest to a rectangle: every edge rounded, inside the picture, at least one pixel large. */
export function toBound(rect: ImageRect, { width, height }: Size): FaceBoundValue {
  const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  const x = clamp(Math.round(rect.x), 0, width - 1);
  const y = clamp(Math.round(rect.y), 0, height - 1);
  return {
    x,
    y,
    width: clamp(Math.round(rect.x + rect.width), x + 1, width) - x,
    height: clamp(Math.round(rect.y + rect.height), y + 1, height) - y,
  };
}

/**
 * Order of faces in an answer: left to right, ties top to bottom. Faces tie when their left edges are the same whole
 * pixel; any wider rule would not be an order, because near to near is not near. Faces with the same corner go the
 * smaller first, so that the order never depends on how they were found.
 */
export const compareBounds = (a: FaceBoundValue, b: FaceBoundValue): number =>
  a.x - b.x || a.y - b.y || a.width - b.width || a.height - b.height;
