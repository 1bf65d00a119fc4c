import { byPaintOrder } from '#face-canvas/model/hit-order.ts';
import type { Face } from '#shared/face.ts';

/** The order in which faces are painted in a file: the stage's own, whatever order a list has them in. */
export const byFacePaintOrder = (a: Face, b: Face): number =>
  byPaintOrder({ bound: a.bound, order: a.faceNo }, { bound: b.bound, order: b.faceNo });
