import type { AnnotatedBox, AnnotatedPicture } from '#page/annotations/index.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { type CheckRecord, leavesFaceMissed } from './verdict.ts';

/**
 * What a reviewer's record says is there, as a picture with boxes (pixels of the record's upright `size`): faces that
 * are right, faces that were drawn because they had no box, and those whose right place was drawn. A face whose place
 * nobody drew may be found or not: its box is ignored. Boxes that are no face, or a second one, are left out.
 */
export const annotatedRecord = ({ name, size, faces, missed }: CheckRecord): AnnotatedPicture => ({
  pictureName: name,
  unit: 'pixels',
  size,
  orientation: 1,
  boxes: [
    ...faces.flatMap(({ bound, verdict }) => {
      if (verdict.kind === 'right') return [boxAt(bound)];
      if (!leavesFaceMissed(verdict)) return [];
      return [verdict.place === undefined ? boxAt(bound, 'one') : boxAt(verdict.place)];
    }),
    ...missed.map(({ bound }) => boxAt(bound)),
  ],
});

const boxAt = (bound: ImageRect, ignored?: 'one'): AnnotatedBox => ({
  bound,
  kind: undefined,
  faceNo: undefined,
  name: undefined,
  ignored,
});
