import type { Detection, Face, FaceId } from '#shared/face.ts';
import { matchBoxes } from '#shared/geometry/match-boxes.ts';
import { SAME_FACE_IOU } from '#shared/geometry/match-face.ts';
import { iou, rescale } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import type { FaceMark } from './commands.ts';
import type { CheckRecord, JudgedFace, MissedFace, Verdict } from './verdict.ts';

/** A record laid over an answer: every judged box on its face, in pixels of the answer. */
export type Followed = {
  readonly verdicts: ReadonlyMap<FaceId, Verdict>;
  /** The judged box that a verdict came from, as the record names it. */
  readonly marks: ReadonlyMap<FaceId, JudgedFace>;
  /** Verdicts that fit no face any more. They are shown, not dropped. */
  readonly unplaced: readonly JudgedFace[];
  readonly missed: readonly MissedFace[];
};

/** Two measures of the same box: what is lost is rounding. */
const SAME_BOX_IOU = 0.999;

/**
 * Lays a record over an answer about the same picture. A box that is still there under its number keeps its verdict; the
 * others follow by overlap, from an IoU of 0.5 on (`matchBoxes`), as after a new detection.
 */
export function follow(record: CheckRecord | undefined, { faces, size }: Pick<Detection, 'faces' | 'size'>): Followed {
  if (record === undefined) return { verdicts: new Map(), marks: new Map(), unplaced: [], missed: [] };
  const here = (bound: ImageRect): ImageRect => rescale(bound, record.size, size);
  const marks = new Map<FaceId, JudgedFace>();
  const byNumber = new Map(faces.map((face) => [face.faceNo, face]));
  const moved: JudgedFace[] = [];
  for (const judged of record.faces) {
    const face = byNumber.get(judged.faceNo);
    if (face !== undefined && !marks.has(face.id) && iou(here(judged.bound), face.bound) >= SAME_BOX_IOU) {
      marks.set(face.id, judged);
    } else moved.push(judged);
  }
  const free: readonly Face[] = faces.filter(({ id }) => !marks.has(id));
  const { pairs, onlyA } = matchBoxes(
    moved.map(({ bound }) => here(bound)),
    free.map(({ bound }) => bound),
    SAME_FACE_IOU,
  );
  for (const pair of pairs) {
    const [judged, face] = [moved[pair.a], free[pair.b]];
    if (judged !== undefined && face !== undefined) marks.set(face.id, judged);
  }
  return {
    marks,
    verdicts: new Map(
      [...marks].map(([id, { verdict }]) => [
        id,
        verdict.kind === 'wrong' && verdict.place !== undefined ? { ...verdict, place: here(verdict.place) } : verdict,
      ]),
    ),
    unplaced: onlyA.flatMap((index) => moved[index] ?? []),
    missed: record.missed.map(({ id, bound }) => ({ id, bound: here(bound) })),
  };
}

/**
 * How a verdict on a face names it: by the box that was judged before where there is one, else by the face's own, in
 * pixels of the record (`recordSize`). `size` is the space of the face.
 */
export function markOf(face: Face, size: Size, { marks }: Followed, recordSize: Size): FaceMark {
  const known = marks.get(face.id);
  return known === undefined
    ? { faceNo: face.faceNo, bound: rescale(face.bound, size, recordSize) }
    : { faceNo: known.faceNo, bound: known.bound };
}
