import { SMALL_FACE_SIDE } from '#contract/limits.ts';
import type { Face, UnreadableFace } from '#domain/face.ts';
import type { FaceFilter, FaceSort } from '#domain/face-order.ts';

/** Accessible name of a face: `Face 1, face_0, 200 by 240 pixels`. */
export const faceName = (face: Face): string =>
  `Face ${face.faceNo}, ${face.name}, ${Math.round(face.bound.width)} by ${Math.round(face.bound.height)} pixels`;

export const SORT_WORDS: Readonly<Record<FaceSort, string>> = {
  reply: 'Reply order',
  'left-to-right': 'Left to right',
  'top-to-bottom': 'Top to bottom',
  'largest-first': 'Largest first',
};

export const FILTER_WORDS: Readonly<Record<FaceFilter, string>> = {
  all: 'All sizes',
  'large-enough': `${SMALL_FACE_SIDE} px and larger`,
  small: `Under ${SMALL_FACE_SIDE} px`,
  'partly-outside': 'Partly outside',
};

/** `8`, or `12 of 73 shown` while some are filtered out. */
export const countInWords = (shown: number, all: number): string =>
  shown === all ? `${all}` : `${shown} of ${all} shown`;

/** `1 face could not be read`, `3 faces could not be read`. */
export const unreadableInWords = (count: number): string =>
  count === 1 ? '1 face could not be read' : `${count} faces could not be read`;

/** `Face 3: its face_bound is empty`. */
export const reasonInWords = (face: UnreadableFace): string => `Face ${face.faceNo}: ${face.reason}`;
