import { type BoxPair, matchBoxes } from '#shared/geometry/match-boxes.ts';
import { area, intersection, iou } from '#shared/geometry/rect.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';

/** A box of the truth. Ignored ones (`iscrowd`, `difficult`, `ignore`) are neither expected nor wrong to have been found. */
export type TruthBox = {
  /** In pixels of the picture that is compared. */
  readonly bound: ImageRect;
  readonly ignored?: 'one' | 'crowd';
};

/** What the truth says of a picture: nothing at all, or its boxes, of which there may be none. */
export type Truth = 'without-truth' | readonly TruthBox[];

/** A picture compared with its truth. Indexes are places in what was found and in the truth. */
export type Comparison = {
  /** `a` is the found box, `b` the true one. */
  readonly pairs: readonly BoxPair[];
  /** True faces that nothing was found for. */
  readonly missed: readonly number[];
  /** Found boxes that are no true face. */
  readonly wrong: readonly number[];
  /** Found boxes on what the truth says to ignore: counted neither way. */
  readonly ignored: readonly number[];
};

/** The range of the threshold that a person may choose, and what it is until then. */
export const IOU_RANGE = { least: 0.3, most: 0.9, step: 0.05, usual: 0.5 } as const;

/**
 * Compares found boxes with true ones from an IoU of `from` on. True faces that count are matched first; what is left of
 * the found boxes may lie on an ignored one, by IoU, or on a crowd by the share of the box that is in it, as COCO does.
 */
export function compareBoxes(found: readonly ImageRect[], truth: readonly TruthBox[], from: number): Comparison {
  const counting = [...truth.keys()].filter((index) => truth[index]?.ignored === undefined);
  const ignorable = truth.filter(({ ignored }) => ignored !== undefined);
  const { pairs, onlyA, onlyB } = matchBoxes(
    found,
    counting.flatMap((index) => truth[index]?.bound ?? []),
    from,
  );
  const isIgnored = (index: number): boolean => {
    const box = found[index];
    return box !== undefined && ignorable.some((other) => liesOn(box, other) >= from);
  };
  return {
    pairs: pairs.flatMap((pair) => {
      const there = counting[pair.b];
      return there === undefined ? [] : [{ ...pair, b: there }];
    }),
    missed: onlyB.flatMap((index) => counting[index] ?? []),
    wrong: onlyA.filter((index) => !isIgnored(index)),
    ignored: onlyA.filter(isIgnored),
  };
}

const liesOn = (box: ImageRect, { bound, ignored }: TruthBox): number =>
  ignored === 'crowd' ? area(intersection(box, bound)) / Math.max(area(box), Number.MIN_VALUE) : iou(box, bound);

/** Counts over any number of faces; `overlap` is the sum of IoU over the right ones whose IoU is known, `measured` of them. */
export type Tally = {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
  readonly measured: number;
  readonly overlap: number;
};

export const NO_TALLY: Tally = { right: 0, wrong: 0, missed: 0, measured: 0, overlap: 0 };

export const addTallies = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, each) => ({
      right: sum.right + each.right,
      wrong: sum.wrong + each.wrong,
      missed: sum.missed + each.missed,
      measured: sum.measured + each.measured,
      overlap: sum.overlap + each.overlap,
    }),
    NO_TALLY,
  );

export const tallyOf = ({ pairs, missed, wrong }: Comparison): Tally => ({
  right: pairs.length,
  wrong: wrong.length,
  missed: missed.length,
  measured: pairs.length,
  overlap: pairs.reduce((sum, pair) => sum + pair.iou, 0),
});

/** Figures of a tally, each 0 to 1; undefined where there is nothing to divide by, which is written "–". */
export type Figures = {
  /** Share of the found boxes that are faces. */
  readonly precision: number | undefined;
  /** Share of the true faces that were found. */
  readonly recall: number | undefined;
  readonly f1: number | undefined;
  readonly meanIou: number | undefined;
};

export const figuresOf = ({ right, wrong, missed, measured, overlap }: Tally): Figures => ({
  precision: ratio(right, right + wrong),
  recall: ratio(right, right + missed),
  f1: ratio(2 * right, 2 * right + wrong + missed),
  meanIou: ratio(overlap, measured),
});

const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** A share as "97.4 %", or "–" where there is none. */
export const formatShare = (share: number | undefined): string =>
  share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;

/** An IoU as "0.89", or "–" where there is none. */
export const formatIou = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2));

/** Classes by the shorter side of a face in pixels of the picture: `from` is in the class, `below` is not. */
export const SIZE_CLASSES = [
  { name: 'under 20 px', from: 0, below: 20 },
  { name: '20 to 39 px', from: 20, below: 40 },
  { name: '40 to 79 px', from: 40, below: 80 },
  { name: '80 to 159 px', from: 80, below: 160 },
  { name: '160 px and more', from: 160, below: Number.POSITIVE_INFINITY },
] as const;

export type SizeClass = (typeof SIZE_CLASSES)[number]['name'];

export function sizeClassOf({ width, height }: ImageRect): SizeClass {
  const side = Math.min(width, height);
  return SIZE_CLASSES.find(({ below }) => side < below)?.name ?? '160 px and more';
}

/**
 * The tally of a comparison by size: pairs and missed faces by the true box, wrong ones by their own. The sum over all
 * classes is the tally of the whole.
 */
export function tallyBySize(
  comparison: Comparison,
  found: readonly ImageRect[],
  truth: readonly TruthBox[],
): ReadonlyMap<SizeClass, Tally> {
  const tallies = new Map<SizeClass, Tally>();
  const count = (box: ImageRect | undefined, more: Partial<Tally>) => {
    if (box === undefined) return;
    const name = sizeClassOf(box);
    tallies.set(name, addTallies([tallies.get(name) ?? NO_TALLY, { ...NO_TALLY, ...more }]));
  };
  for (const pair of comparison.pairs) count(truth[pair.b]?.bound, { right: 1, measured: 1, overlap: pair.iou });
  for (const index of comparison.missed) count(truth[index]?.bound, { missed: 1 });
  for (const index of comparison.wrong) count(found[index], { wrong: 1 });
  return tallies;
}
