import type { AnnotatedPicture, TruthBox } from '#page/annotations/index.ts';
import { type CheckRecord, leavesFaceMissed } from './verdict.ts';

/**
 * What a reviewer's record says is there, in pixels of its upright `size`: faces that are right, faces that were drawn
 * because they had no box, and those whose right place was drawn. A face whose place nobody drew may be found or not: its
 * box is ignored. Boxes that are no face, or a second one, are left out.
 */
export const trueBoxesOf = ({ faces, missed }: CheckRecord): readonly TruthBox[] => [
  ...faces.flatMap(({ bound, verdict }): readonly TruthBox[] => {
    if (verdict.kind === 'right') return [{ bound }];
    if (!leavesFaceMissed(verdict)) return [];
    return [verdict.place === undefined ? { bound, ignored: 'one' } : { bound: verdict.place }];
  }),
  ...missed.map(({ bound }) => ({ bound })),
];

/** The same as a picture of a file of boxes. */
export const annotatedRecord = (record: CheckRecord): AnnotatedPicture => ({
  pictureName: record.name,
  unit: 'pixels',
  size: record.size,
  orientation: 1,
  boxes: trueBoxesOf(record).map(({ bound, ignored }) => ({
    bound,
    kind: undefined,
    faceNo: undefined,
    name: undefined,
    ignored,
  })),
});
