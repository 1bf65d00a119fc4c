import type { Detection, Face } from '#shared/face.ts';
import { matchBoxes } from '#shared/geometry/match-boxes.ts';
import { SAME_FACE_IOU } from '#shared/geometry/match-face.ts';
import { rescale } from '#shared/geometry/rect.ts';
import { type Suspicion, suspicionOf } from './suspicion.ts';

/** An answer, and what the other engine says of the same picture, where it was asked. */
export type Answers = {
  readonly detection: Pick<Detection, 'faces' | 'size'>;
  /** What the engine of `detection` is called. */
  readonly engine: string;
  readonly other: Pick<Detection, 'faces' | 'size'> | undefined;
};

/** What is suspicious about each face of an answer, by its place; undefined where nothing is odd. */
export function doubtsOf({ detection: { faces, size }, engine, other }: Answers): readonly (Suspicion | undefined)[] {
  const alone = other === undefined ? new Set<number>() : facesAlone(faces, size, other);
  return faces.map((face, index) =>
    suspicionOf(face, size, { score: face.score, onlyFoundBy: alone.has(index) ? engine : undefined }),
  );
}

/** Places of the faces that the other engine did not find. */
function facesAlone(
  faces: readonly Face[],
  size: Detection['size'],
  other: Pick<Detection, 'faces' | 'size'>,
): ReadonlySet<number> {
  const { onlyA } = matchBoxes(
    faces.map(({ bound }) => rescale(bound, size, other.size)),
    other.faces.map(({ bound }) => bound),
    SAME_FACE_IOU,
  );
  return new Set(onlyA);
}
