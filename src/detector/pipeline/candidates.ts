import { area, intersection, iou } from '#shared/geometry/rect.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';

/** A possible face. The holder says which picture's pixels the box is in. */
export type Candidate = { readonly box: ImageRect; readonly score: number };

/**
 * Greedy non-maximum suppression: goes through the candidates from the best score down and drops each one that is
 * the same face as one already kept. Equal scores keep their order. The result is sorted by score.
 */
export function suppressNonMaxima(
  candidates: readonly Candidate[],
  isSameFace: (kept: ImageRect, other: ImageRect) => boolean,
): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => isSameFace(box, candidate.box))) kept.push(candidate);
  }
  return kept;
}

/** face-api's own rule within one pass (`ssdMobilenetv1/SsdMobilenetv1.ts`: IoU above 0.5). */
export const isSameFaceInOnePass = (a: ImageRect, b: ImageRect): boolean => iou(a, b) > 0.5;

/**
 * Across passes the same face comes back at different scales, now and then as a part of itself, so the rule is
 * wider: IoU above 0.4, or one box mostly (0.7) inside the other. Measured on 48 photographs with 300 faces.
 */
export function isSameFaceAcrossPasses(a: ImageRect, b: ImageRect): boolean {
  if (iou(a, b) > 0.4) return true;
  const smaller = Math.min(area(a), area(b));
  return smaller > 0 && area(intersection(a, b)) / smaller > 0.7;
}
