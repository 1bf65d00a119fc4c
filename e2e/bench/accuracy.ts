import { compareBoxes, tallyOf } from '#page/annotations/index.ts';
import { matchBoxes } from '#shared/geometry/match-boxes.ts';
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
type Match = { readonly faceIndex: number; readonly overlap: number };

/** Pairs faces with found boxes. */
export const matchFaces = (found: readonly ImageRect[], { faces }: Truth): Match[] =>
  matchBoxes(faces, found, MATCH_IOU).pairs.map(({ a, iou }) => ({ faceIndex: a, overlap: iou }));

/** Compares found boxes with the truth, by the matcher that the page compares with. */
export function scorePicture(found: readonly ImageRect[], { faces, ignore }: Truth): Score {
  const truth = [...faces.map((bound) => ({ bound })), ...ignore.map((bound) => ({ bound, ignored: 'one' as const }))];
  const { right, missed, wrong } = tallyOf(compareBoxes(found, truth, MATCH_IOU));
  return { right, missed, wrong };
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
