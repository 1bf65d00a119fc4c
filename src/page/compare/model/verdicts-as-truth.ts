import type { TruthBox } from '#page/annotations/index.ts';
import { type CheckRecord, leavesFaceMissed } from '#page/check/model/index.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/**
 * What a reviewer said of a picture as truth, in pixels of `size`: faces that were judged right, where those are whose
 * box is shifted or of the wrong size, and the missed ones. Where nobody drew the place of a face, whatever is found at
 * its wrong box counts neither way.
 */
export function truthFromVerdicts({ faces, missed, size: from }: CheckRecord, size: Size): readonly TruthBox[] {
  const judged = faces.flatMap(({ bound, verdict }): readonly TruthBox[] => {
    if (verdict.kind === 'right') return [{ bound }];
    if (verdict.place !== undefined) return [{ bound: verdict.place }];
    return leavesFaceMissed(verdict) ? [{ bound, ignored: 'one' }] : [];
  });
  return [...judged, ...missed.map(({ bound }) => ({ bound }))].map((box) => ({
    ...box,
    bound: rescale(box.bound, from, size),
  }));
}
