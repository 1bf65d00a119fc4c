import { type Figures, formatIou, formatShare } from '#page/annotations/model/comparison.ts';
import { assertNever } from '#shared/result.ts';

/** Figures that a run can be held to, as they are typed. */
export const FIGURE_NAMES = ['precision', 'recall', 'f1', 'iou'] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

/** The least that a figure may be, 0 to 1. */
export type Threshold = { readonly figure: FigureName; readonly atLeast: number };

/** How a threshold came out. `value` is undefined where there was nothing to divide by: that is never met. */
export type Judged = Threshold & { readonly value: number | undefined; readonly isMet: boolean };

/** Compares in billionths, so that 19 of 20 is .95 however it was computed. */
const PRECISION = 1e9;

export const judge = (thresholds: readonly Threshold[], figures: Figures): readonly Judged[] =>
  thresholds.map((threshold) => {
    const value = shareOf(threshold.figure, figures);
    const isMet = value !== undefined && Math.round(value * PRECISION) >= Math.round(threshold.atLeast * PRECISION);
    return { ...threshold, value, isMet };
  });

function shareOf(figure: FigureName, { precision, recall, f1, meanIou }: Figures): number | undefined {
  switch (figure) {
    case 'precision':
      return precision;
    case 'recall':
      return recall;
    case 'f1':
      return f1;
    case 'iou':
      return meanIou;
    default:
      return assertNever(figure);
  }
}

/** What a figure is called in a sentence. */
const TITLES: Readonly<Record<FigureName, string>> = {
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  iou: 'Mean IoU',
};

/** What there was nothing of, where a figure is 0/0. */
const NOTHING: Readonly<Record<FigureName, string>> = {
  precision: 'nothing was found in a picture with a truth',
  recall: 'the truth has no face in these pictures',
  f1: 'nothing was found and nothing is there',
  iou: 'no found face is a true one',
};

/** A sentence about a threshold. A share that would be rounded up to the one it misses shows one more digit. */
export function thresholdSentence({ figure, value, atLeast, isMet }: Judged): string {
  const format = (share: number | undefined) => (figure === 'iou' ? formatIou(share) : formatShare(share));
  const title = TITLES[figure];
  if (value === undefined) return `${title} is –, because ${NOTHING[figure]}: ${format(atLeast)} is not met.`;
  if (isMet) return `${title} ${format(value)} is at least ${format(atLeast)}.`;
  const shown = format(value) === format(atLeast) ? exactly(figure, value) : format(value);
  return `${title} ${shown} is under ${format(atLeast)}.`;
}

const exactly = (figure: FigureName, value: number): string =>
  figure === 'iou' ? value.toFixed(4) : `${(value * 100).toFixed(3)} %`;
