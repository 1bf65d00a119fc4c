import {
  addTallies,
  type Comparison,
  type Figures,
  figuresOf,
  NO_TALLY,
  SIZE_CLASSES,
  type SizeClass,
  type Tally,
  type TruthBox,
  tallyBySize,
  tallyOf,
} from '#page/annotations/index.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { once } from '#shared/once.ts';

/** What is compared of a picture: an answer and a truth, both in upright pixels of its file. */
export type ComparedBoxes = { readonly found: readonly ImageRect[]; readonly truth: readonly TruthBox[] };

/** Where a picture stands in a comparison. Only `compared` ones count in any figure. */
export type Standing =
  | { readonly state: 'no-answer' }
  /** The truth does not name it: nobody knows. */
  | { readonly state: 'without-truth' }
  | { readonly state: 'compared'; readonly boxes: ComparedBoxes };

/** A compared picture with its counts. */
export type Counted = {
  readonly boxes: ComparedBoxes;
  readonly comparison: Comparison;
  readonly tally: Tally;
  readonly figures: Figures;
};

export function countedOf(boxes: ComparedBoxes, comparison: Comparison): Counted {
  const tally = tallyOf(comparison);
  return { boxes, comparison, tally, figures: figuresOf(tally) };
}

/** How many differences there are. */
export const differenceCount = ({ wrong, missed }: Pick<Tally, 'wrong' | 'missed'>): number => wrong + missed;

/** Counts of all compared pictures. */
export const totalOf = (counted: readonly Counted[]): Tally => addTallies(counted.map(({ tally }) => tally));

/** How many true faces of a size were found; `share` of them, 0 to 1. */
export type SizeRow = {
  readonly name: SizeClass;
  readonly found: number;
  readonly truth: number;
};

/** Counts of all compared pictures by the size of the true faces; false boxes by their own. */
export function talliesBySize(counted: readonly Counted[]): ReadonlyMap<SizeClass, Tally> {
  const tallies = new Map<SizeClass, Tally>();
  for (const { comparison, boxes } of counted) {
    for (const [name, tally] of tallyBySize(comparison, boxes.found, boxes.truth)) {
      tallies.set(name, addTallies([tallies.get(name) ?? NO_TALLY, tally]));
    }
  }
  return tallies;
}

/** How many true faces of each size there are, and how many were found. Sizes of which the truth has none are left out. */
export const rowsBySize = (tallies: ReadonlyMap<SizeClass, Tally>): readonly SizeRow[] =>
  SIZE_CLASSES.flatMap(({ name }): readonly SizeRow[] => {
    const { right, missed } = tallies.get(name) ?? NO_TALLY;
    return right + missed === 0 ? [] : [{ name, found: right, truth: right + missed }];
  });

/** What the strip orders by. */
export type Ordered = { readonly name: string; readonly counted: Counted | undefined };

const collator = once(() => new Intl.Collator('en', { numeric: true }));

/** Worst first: by F1, then by missed faces, then by name. Pictures without faces in either come with those without a difference. */
export function worstFirst(a: Ordered, b: Ordered): number {
  const f1 = ({ counted }: Ordered) => counted?.figures.f1 ?? 1;
  const missed = ({ counted }: Ordered) => counted?.tally.missed ?? 0;
  return f1(a) - f1(b) || missed(b) - missed(a) || collator().compare(a.name, b.name);
}

/** "IoU 0.80: 187 matched, 8 missed, 7 false". */
export const iouMessage = (from: number, { right, missed, wrong }: Tally): string =>
  `IoU ${from.toFixed(2)}: ${right} matched, ${missed} missed, ${wrong} false`;

/** "2 false · 1 missed"; undefined without a difference. */
export function differencesMessage({ wrong, missed }: Pick<Tally, 'wrong' | 'missed'>): string | undefined {
  const parts = [...(wrong > 0 ? [`${wrong} false`] : []), ...(missed > 0 ? [`${missed} missed`] : [])];
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** What of the names fits in a sentence. */
const NAMED = 3;

/** "3 of 29 pictures are not in this file: a.jpg, b.jpg, c.jpg"; undefined when all are. */
export function withoutTruthMessage(names: readonly string[], all: number): string | undefined {
  if (names.length === 0) return undefined;
  const shown = names.slice(0, NAMED).join(', ');
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const pictures = `${names.length} of ${all} ${all === 1 ? 'picture' : 'pictures'}`;
  return `${pictures} ${names.length === 1 ? 'is' : 'are'} not in this file: ${shown}${more}`;
}
