import type { Comparison } from '#page/annotations/index.ts';
import type { Face } from '#shared/face.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';

/** A person as two answers have them: a face in either, or in one of them. */
export type AnswerPair = {
  /** Identity within the picture, and of the box that shows it: of the first answer's face where there is one. */
  readonly id: string;
  readonly first: AnsweredFace | undefined;
  readonly second: AnsweredFace | undefined;
  /** Of the two boxes, 0 to 1; undefined where there is one. */
  readonly iou: number | undefined;
};

export type AnsweredFace = { readonly faceNo: number; readonly bound: ImageRect };

const answered = (faces: readonly Face[], bounds: readonly ImageRect[], index: number): AnsweredFace | undefined => {
  const [face, bound] = [faces[index], bounds[index]];
  return face === undefined || bound === undefined ? undefined : { faceNo: face.faceNo, bound };
};

/**
 * The people of a picture as two answers have them: those that only one found first, the first answer's before the
 * second's, then those that both found by the first answer's numbers. `bounds` are in one space.
 */
export function pairsOf(
  { pairs, wrong, missed }: Comparison,
  first: { readonly faces: readonly Face[]; readonly bounds: readonly ImageRect[] },
  second: { readonly faces: readonly Face[]; readonly bounds: readonly ImageRect[] },
): readonly AnswerPair[] {
  const ofFirst = (index: number) => answered(first.faces, first.bounds, index);
  const ofSecond = (index: number) => answered(second.faces, second.bounds, index);
  return [
    ...wrong.map((a) => ({ id: `first-${a}`, first: ofFirst(a), second: undefined, iou: undefined })),
    ...missed.map((b) => ({ id: `second-${b}`, first: undefined, second: ofSecond(b), iou: undefined })),
    ...pairs.map(({ a, b, iou }) => ({ id: `first-${a}`, first: ofFirst(a), second: ofSecond(b), iou })),
  ];
}

export const isPaired = ({ iou }: AnswerPair): boolean => iou !== undefined;

/** What two answers are called. */
export type AnswerNames = readonly [first: string, second: string];

/** "Embedded 2 is Kling 3, IoU 0.76", "Only Embedded, face 16". */
export function pairName({ first, second, iou }: AnswerPair, [one, other]: AnswerNames): string {
  if (first !== undefined && second !== undefined) {
    return `${one} ${first.faceNo} is ${other} ${second.faceNo}, IoU ${(iou ?? 0).toFixed(2)}`;
  }
  return first === undefined ? `Only ${other}, face ${second?.faceNo ?? 0}` : `Only ${one}, face ${first.faceNo}`;
}

/** "Face 2 in Embedded is face 3 in Kling". */
export function pairSentence({ first, second }: AnswerPair, [one, other]: AnswerNames): string {
  if (first !== undefined && second !== undefined) {
    return `Face ${first.faceNo} in ${one} is face ${second.faceNo} in ${other}`;
  }
  return first === undefined
    ? `Face ${second?.faceNo ?? 0} in ${other} is not in ${one}`
    : `Face ${first.faceNo} in ${one} is not in ${other}`;
}

/** How many people both found, and each alone. */
export type Agreement = { readonly both: number; readonly onlyFirst: number; readonly onlySecond: number };

export const agreementOf = ({ pairs, wrong, missed }: Comparison): Agreement => ({
  both: pairs.length,
  onlyFirst: wrong.length,
  onlySecond: missed.length,
});

/** "140 × 180 px". */
export const sizeOf = ({ bound: { width, height } }: AnsweredFace): string =>
  `${Math.round(width)} × ${Math.round(height)}`;
