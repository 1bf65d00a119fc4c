import { area, contains } from '#shared/geometry/rect.ts';
import type { ImagePoint, ImageRect } from '#shared/geometry/spaces.ts';

/** What the order of painting needs: a box in pixels of the picture, and its place among all of them. */
export type Placed = { readonly bound: ImageRect; readonly order: number };

/** What a hit test needs of a box. */
export type Hittable = Placed & { readonly id: string };

/**
 * The order in which boxes are painted, the last on top: larger before smaller, so that no box ever hides one inside
 * it; equal ones in their own order with the first on top. The hit order is this one reversed.
 */
export const byPaintOrder = (a: Placed, b: Placed): number => area(b.bound) - area(a.bound) || b.order - a.order;

/**
 * The boxes under a point, the topmost (smallest) first. When there is none, those whose box is nearer than `reach`
 * picture pixels, the nearest first: a finger needs that for a face of ten pixels.
 */
export function boxesAt<B extends Hittable>(boxes: readonly B[], point: ImagePoint, reach = 0): B[] {
  const under = boxes.filter((box) => contains(box.bound, point));
  if (under.length > 0) return under.sort((a, b) => byPaintOrder(b, a));
  if (reach <= 0) return [];
  return boxes
    .map((box) => ({ box, distance: distanceTo(box.bound, point) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance || byPaintOrder(b.box, a.box))
    .map(({ box }) => box);
}

/** Distance in picture pixels from a point to a rectangle, 0 on it. */
function distanceTo(rect: ImageRect, point: ImagePoint): number {
  const dx = Math.max(rect.x - point.x, 0, point.x - (rect.x + rect.width));
  const dy = Math.max(rect.y - point.y, 0, point.y - (rect.y + rect.height));
  return Math.hypot(dx, dy);
}

/**
 * Which of the boxes under a click it means. A first click means the topmost; a click at the same place again means
 * the one beneath the one that is selected now, and after the lowest the topmost again.
 */
export function pickByClick<Id extends string>(
  hits: readonly Id[],
  selected: Id | undefined,
  atSamePlace: boolean,
): Id | undefined {
  const current = atSamePlace && selected !== undefined ? hits.indexOf(selected) : -1;
  return hits[(current + 1) % Math.max(1, hits.length)];
}
