import { byPaintOrder } from '#face-canvas/model/hit-order.ts';
import type { DrawnFace, Face } from '#shared/face.ts';

/** A box that is painted: of a face that was found, or of one that was drawn by hand. */
export type PaintedFace = Pick<Face, 'id' | 'faceNo' | 'bound'> | DrawnFace;

/** Drawn ones come after all that were found. */
export const orderOf = (face: PaintedFace): number => ('faceNo' in face ? face.faceNo : 1e7 + face.drawnNo);

/** The order in which faces are painted in a file: the stage's own, whatever order a list has them in. */
export const byFacePaintOrder = (a: PaintedFace, b: PaintedFace): number =>
  byPaintOrder({ bound: a.bound, order: orderOf(a) }, { bound: b.bound, order: orderOf(b) });
