import type { Detection, Face } from '../face.ts';
import { matchBoxes } from './match-boxes.ts';
import { iou, rescale } from './rect.ts';
import type { ImageRect, Size } from './spaces.ts';

/** Two boxes are of the same face from this intersection over union on, the usual threshold of detection contests. */
export const SAME_FACE_IOU = 0.5;

/** How a box that one engine found compares with what another engine found in the same picture. */
export type FaceMatch =
  | { readonly kind: 'matched'; readonly face: Face; readonly iou: number }
  /** Nothing overlaps enough; `nearest` is the best of the rest, if anything touches the box at all. */
  | { readonly kind: 'unmatched'; readonly nearest: { readonly face: Face; readonly iou: number } | undefined };

/**
 * The face of `there` that lies where `box` lies; `box` is in pixels of `size`. The largest overlap wins, of equal ones
 * the first by position (`matchBoxes`).
 */
export function matchFace(box: ImageRect, size: Size, there: Detection): FaceMatch {
  const here = rescale(box, size, there.size);
  const [pair] = matchBoxes(
    [here],
    there.faces.map(({ bound }) => bound),
    SAME_FACE_IOU,
  ).pairs;
  const face = pair === undefined ? undefined : there.faces[pair.b];
  if (pair !== undefined && face !== undefined) return { kind: 'matched', face, iou: pair.iou };
  const nearest = there.faces
    .map((each) => ({ face: each, iou: iou(here, each.bound) }))
    .reduce<{ face: Face; iou: number } | undefined>(
      (found, next) => (next.iou > (found?.iou ?? 0) ? next : found),
      undefined,
    );
  return { kind: 'unmatched', nearest };
}
