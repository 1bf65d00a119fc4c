import { SMALL_FACE_SIDE } from '#contract/limits.ts';
import { type Face, type FaceId, faceId, type UnreadableFace } from '#shared/face.ts';
import type { FaceFact } from '../model/face-facts.ts';
import type { FaceFilter, FaceSort } from '../model/face-order.ts';

/** Accessible name of a face: `Face 1, face_0, 200 by 240 pixels`. */
export const faceName = (face: Face): string =>
  `Face ${face.faceNo}, ${face.name}, ${Math.round(face.bound.width)} by ${Math.round(face.bound.height)} pixels`;

export const SORT_LABELS: Readonly<Record<FaceSort, string>> = {
  reply: 'By number',
  'left-to-right': 'Left to right',
  'top-to-bottom': 'Top to bottom',
  'largest-first': 'Largest first',
  'surest-first': 'Surest first',
};

/** A fact in words, as it stands beside others. */
export const FACT_WORDS: Readonly<Record<FaceFact, string>> = {
  'large-and-sharp': 'large and sharp',
  small: 'small',
  blurred: 'blurred',
  'cut-by-edge': 'cut by the edge',
  'turned-away': 'turned away',
};

export const FILTER_LABELS: Readonly<Record<FaceFilter, string>> = {
  all: 'All sizes',
  'large-and-sharp': 'Large and sharp',
  small: `Small (under ${SMALL_FACE_SIDE} px)`,
  blurred: 'Blurred',
  'cut-by-edge': 'Cut by the edge',
  'turned-away': 'Turned away',
  sure: 'Without unsure ones',
  unsure: 'Unsure ones',
};

/** The same where there is little room: a part of the whole label. */
export const SHORT_FILTER_LABELS: Readonly<Record<FaceFilter, string>> = {
  ...FILTER_LABELS,
  small: 'Small',
};

/** Up to so many small faces each card says it of its own; of more it is said once. */
const MOST_SMALL_CARDS = 3;

/** What is said once of all small faces: `26 of 28 are small (under 80 px)`. */
export function smallFacesMessage(
  faces: readonly Face[],
  factsOf: (face: Face) => readonly FaceFact[],
): string | undefined {
  const small = faces.filter((face) => factsOf(face).includes('small')).length;
  if (small <= MOST_SMALL_CARDS) return undefined;
  const which = small === faces.length ? `All ${small}` : `${small} of ${faces.length}`;
  return `${which} are small (under ${SMALL_FACE_SIDE} px)`;
}

/** `8`, or `12 of 73 shown` while some are filtered out. */
export const shownCountLabel = (shown: number, all: number): string =>
  shown === all ? `${all}` : `${shown} of ${all} shown`;

/** Why going to this number leads nowhere; undefined where it is the number of a face that is shown. */
export function missingMessage(
  faceNo: number,
  { faces, shownIds }: { readonly faces: readonly Face[]; readonly shownIds: readonly FaceId[] },
): string | undefined {
  const id = faceId(faceNo);
  if (shownIds.includes(id)) return undefined;
  if (faces.some((face) => face.id === id)) return `Face ${faceNo} is not shown`;
  return faceNo > (faces.at(-1)?.faceNo ?? 0) ? `There are ${faces.length} faces` : `There is no face ${faceNo}`;
}

/** `1 face could not be read`, `3 faces could not be read`. */
export const unreadableMessage = (count: number): string =>
  count === 1 ? '1 face could not be read' : `${count} faces could not be read`;

/** `Face 3: its face_bound is empty`. */
export const reasonMessage = (face: UnreadableFace): string => `Face ${face.faceNo}: ${face.reason}`;
