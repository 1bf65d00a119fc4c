import type { Face, FaceId } from '#shared/face.ts';
import { area, contains } from '#shared/geometry/rect.ts';
import type { ImagePoint, ImageRect } from '#shared/geometry/spaces.ts';

/** What a hit test needs of a face. */
export type Hittable = Pick<Face, 'id' | 'faceNo' | 'bound'>;

/**
 * The order in which boxes are painted, the last on top: larger before smaller, so that no box ever hides one inside
 * it; equal ones in reply order with the first on top. The hit order is this one reversed.
 */
export const byPaintOrder = (a: Hittable, b: Hittable): number => area(b.bound) - area(a.bound) || b.faceNo - a.faceNo;

/**
 * The faces under a point, the topmost (smallest) first. When there is none, those whose box is nearer than `reach`
 * picture pixels, the nearest first: a finger needs that for a face of ten pixels.
 */
export function facesAt<F extends Hittable>(faces: readonly F[], point: ImagePoint, reach = 0): F[] {
  const under = faces.filter((face) => contains(face.bound, point));
  if (under.length > 0) return under.sort((a, b) => byPaintOrder(b, a));
  if (reach <= 0) return [];
  return faces
    .map((face) => ({ face, distance: distanceTo(face.bound, point) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance || byPaintOrder(b.face, a.face))
    .map(({ face }) => face);
}

/** Distance in picture pixels from a point to a rectangle, 0 on it. */
function distanceTo(rect: ImageRect, point: ImagePoint): number {
  const dx = Math.max(rect.x - point.x, 0, point.x - (rect.x + rect.width));
  const dy = Math.max(rect.y - point.y, 0, point.y - (rect.y + rect.height));
  return Math.hypot(dx, dy);
}

/**
 * Which of the faces under a click it means. A first click means the topmost; a click at the same place again means
 * the one beneath the face that is selected now, and after the lowest the topmost again.
 */
export function pickByClick(
  hits: readonly FaceId[],
  selected: FaceId | undefined,
  atSamePlace: boolean,
): FaceId | undefined {
  const current = atSamePlace && selected !== undefined ? hits.indexOf(selected) : -1;
  return hits[(current + 1) % Math.max(1, hits.length)];
}
