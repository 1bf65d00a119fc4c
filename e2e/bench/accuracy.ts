import { iou } from '#shared/geometry/rect.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';

/** Overlap from which a found box is the face, as in DETECTOR's measurements. */
export const MATCH_IOU = 0.4;

/** What a person sees in a picture, in pixels of the upright picture. */
export type Truth = {
  readonly faces: readonly ImageRect[];
  /** Blurred or hidden faces: neither expected nor wrong. */
  readonly ignore: readonly ImageRect[];
};

/** Counts over any number of pictures. */
export type Score = { readonly right: number; readonly missed: number; readonly wrong: number };

/** A face with the box that was found for it, and how much the two overlap (0 to 1). */
type Match = { readonly faceIndex: number; readonly boxIndex: number; readonly overlap: number };

/** Pairs faces with found boxes: each face takes the box that overlaps it most, each box serves one face. */
export function matchFaces(found: readonly ImageRect[], truth: Truth): Match[] {
  const pairs = truth.faces
    .flatMap((face, faceIndex) => found.map((box, boxIndex) => ({ faceIndex, boxIndex, overlap: iou(face, box) })))
    .filter(({ overlap }) => overlap >= MATCH_IOU)
    .sort((a, b) => b.overlap - a.overlap);
  const matches: Match[] = [];
  for (const pair of pairs) {
    const isFree = matches.every((one) => one.faceIndex !== pair.faceIndex && one.boxIndex !== pair.boxIndex);
    if (isFree) matches.push(pair);
  }
  return matches;
}

/** Compares found boxes with the truth. */
export function scorePicture(found: readonly ImageRect[], truth: Truth): Score {
  const matches = matchFaces(found, truth);
  const boxes = new Set(matches.map(({ boxIndex }) => boxIndex));
  const wrong = found.filter(
    (box, index) => !boxes.has(index) && !truth.ignore.some((ignored) => iou(ignored, box) >= MATCH_IOU),
  );
  return { right: matches.length, missed: truth.faces.length - matches.length, wrong: wrong.length };
}

export const addScores = (scores: readonly Score[]): Score =>
  scores.reduce(
    (sum, score) => ({
      right: sum.right + score.right,
      missed: sum.missed + score.missed,
      wrong: sum.wrong + score.wrong,
    }),
    { right: 0, missed: 0, wrong: 0 },
  );

/** Share of the faces that were found, 0 to 1. */
export const recall = ({ right, missed }: Score): number => right / (right + missed);

/** Share of the found boxes that are faces, 0 to 1. */
export const precision = ({ right, wrong }: Score): number => right / (right + wrong);
