import type { Face, FaceId } from '#shared/face.ts';
import { area } from '#shared/geometry/rect.ts';
import { isUnsure, tellScores } from './face-certainty.ts';
import { FACE_FACTS, type FaceFact } from './face-facts.ts';

export const FACE_SORTS = ['reply', 'left-to-right', 'top-to-bottom', 'largest-first', 'surest-first'] as const;
/** In which order faces are shown. Never changes a `faceNo`. */
export type FaceSort = (typeof FACE_SORTS)[number];

export const FACE_FILTERS = ['all', ...FACE_FACTS, 'sure', 'unsure'] as const;
/** Which faces are shown: those of which a fact holds, or as the detector is sure of them. */
export type FaceFilter = (typeof FACE_FILTERS)[number];

type FactsOf = (face: Face) => readonly FaceFact[];

function passes(face: Face, filter: FaceFilter, factsOf: FactsOf): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'sure':
      return !isUnsure(face);
    case 'unsure':
      return isUnsure(face);
    default:
      return factsOf(face).includes(filter);
  }
}

/** True for filters that go by how sharp faces are, which has to be measured first. */
export const goesBySharpness = (filter: FaceFilter): boolean => filter === 'large-and-sharp' || filter === 'blurred';

const BY_SCORE: ReadonlySet<FaceSort | FaceFilter> = new Set(['surest-first', 'sure', 'unsure']);

/** Whether an order or a filter means anything for these faces: not by score or pose where none is told. */
export const isOffered = (choice: FaceSort | FaceFilter, faces: readonly Face[]): boolean =>
  choice === 'turned-away' ? faces.some(({ pose }) => pose !== undefined) : !BY_SCORE.has(choice) || tellScores(faces);

const centreX = (face: Face): number => face.bound.x + face.bound.width / 2;
const centreY = (face: Face): number => face.bound.y + face.bound.height / 2;

/** What a sort goes by, ascending; equals stay in the order of the reply. */
const KEY: Readonly<Record<FaceSort, (face: Face) => number>> = {
  reply: (face) => face.faceNo,
  'left-to-right': centreX,
  'top-to-bottom': centreY,
  'largest-first': (face) => -area(face.bound),
  'surest-first': (face) => -(face.score ?? 0),
};

/** The faces to show, in the order to show them; the faces themselves stay as they are. */
export const shownFaces = (
  faces: readonly Face[],
  sort: FaceSort,
  filter: FaceFilter,
  factsOf: FactsOf,
): readonly Face[] =>
  faces
    .filter((face) => passes(face, filter, factsOf))
    .toSorted((a, b) => KEY[sort](a) - KEY[sort](b) || a.faceNo - b.faceNo);

/**
 * The face `steps` after `from` in the shown order, stopping at the ends. From nowhere, a step forward begins at the
 * first face and a step back at the last. Undefined when nothing is shown.
 */
export function faceAfter(shown: readonly FaceId[], from: FaceId | undefined, steps: number): FaceId | undefined {
  const at = from === undefined ? -1 : shown.indexOf(from);
  if (at < 0) return steps < 0 ? shown.at(-1) : shown[0];
  return shown[Math.min(Math.max(at + steps, 0), shown.length - 1)];
}
