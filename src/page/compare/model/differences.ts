import type { Comparison, TruthBox } from '#page/annotations/index.ts';
import { matchBoxes } from '#shared/geometry/match-boxes.ts';
import { area, iou } from '#shared/geometry/rect.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';

/** Why a found box is no match: in the words of verdicts. */
export type FalseReason = 'shifted' | 'wrong-size' | 'double' | 'not-a-face';

/** A found box that is no true face. Indexes are places in what was found and in the truth, as in a `Comparison`. */
export type FalseBox = {
  readonly kind: 'false';
  readonly found: number;
  readonly why: FalseReason;
  /** The true face that it lies on: the one it misses, or the one that another box has. */
  readonly on: { readonly truth: number; readonly iou: number } | undefined;
  /** For a double: the found box that has the face. */
  readonly doubleOf: number | undefined;
};

/** A true face without a found box. */
export type MissedFace = {
  readonly kind: 'missed';
  readonly truth: number;
  /** The false box that lies on it, and how. */
  readonly under: { readonly found: number; readonly how: 'too-large' | 'too-small' | 'shifted' } | undefined;
};

export type Difference = FalseBox | MissedFace;

/** Identity of a difference within its picture, and of the box that shows it on the stage. */
export const differenceId = (difference: Difference): string =>
  difference.kind === 'false' ? `found-${difference.found}` : `missed-${difference.truth}`;

/** Boxes that overlap less have nothing to do with each other. Ours, by eye. */
const NEAR_IOU = 0.1;

/** Sizes (areas) within this ratio are the same size, and the box is shifted. Ours: a fifth of each side. */
const SAME_SIZE = 1.5;

/**
 * The differences of a picture with what they are about: false boxes by their place in the answer, each with the missed
 * face that it lies on behind it, then missed faces that nothing lies on. Shifted and wrong size are one false and one
 * missed, double and not a face one false, as verdicts count.
 */
export function differencesOf(
  { pairs, missed, wrong }: Comparison,
  found: readonly ImageRect[],
  truth: readonly TruthBox[],
): readonly Difference[] {
  const boundOf = (index: number): ImageRect[] => (truth[index] === undefined ? [] : [truth[index].bound]);
  const nearest = (index: number) => nearestPair(found[index], pairs, truth);
  const doubles = new Map(
    wrong.flatMap((index) => {
      const near = nearest(index);
      const box = found[index];
      const best = box === undefined ? 0 : Math.max(0, ...missed.flatMap(boundOf).map((bound) => iou(box, bound)));
      return near !== undefined && near.iou > best ? [[index, near] as const] : [];
    }),
  );
  const others = wrong.filter((index) => !doubles.has(index));
  const misplaced = matchBoxes(
    others.flatMap((index) => found[index] ?? []),
    missed.flatMap(boundOf),
    NEAR_IOU,
  ).pairs.flatMap(({ a, b, iou: overlap }) => {
    const [box, face] = [others[a], missed[b]];
    return box === undefined || face === undefined ? [] : [{ found: box, truth: face, iou: overlap }];
  });
  const falseBoxes = wrong.map((index): FalseBox => {
    const double = doubles.get(index);
    if (double !== undefined) {
      const on = { truth: double.truth, iou: double.iou };
      return { kind: 'false', found: index, why: 'double', on, doubleOf: double.found };
    }
    const place = misplaced.find((each) => each.found === index);
    if (place === undefined) {
      return { kind: 'false', found: index, why: 'not-a-face', on: undefined, doubleOf: undefined };
    }
    const why = howItLies(found[index], truth[place.truth]?.bound) === 'shifted' ? 'shifted' : 'wrong-size';
    return { kind: 'false', found: index, why, on: { truth: place.truth, iou: place.iou }, doubleOf: undefined };
  });
  const missedFace = (index: number): MissedFace => {
    const place = misplaced.find((each) => each.truth === index);
    return place === undefined
      ? { kind: 'missed', truth: index, under: undefined }
      : {
          kind: 'missed',
          truth: index,
          under: { found: place.found, how: howItLies(found[place.found], truth[index]?.bound) },
        };
  };
  const lone = missed.filter((index) => !misplaced.some((each) => each.truth === index));
  return [
    ...falseBoxes.flatMap((each): readonly Difference[] =>
      each.on === undefined || each.why === 'double' ? [each] : [each, missedFace(each.on.truth)],
    ),
    ...lone.map(missedFace),
  ];
}

/** The pair whose true face a box lies on most, where it lies on one. */
function nearestPair(
  box: ImageRect | undefined,
  pairs: Comparison['pairs'],
  truth: readonly TruthBox[],
): { readonly found: number; readonly truth: number; readonly iou: number } | undefined {
  if (box === undefined) return undefined;
  let best: { readonly found: number; readonly truth: number; readonly iou: number } | undefined;
  for (const { a, b } of pairs) {
    const bound = truth[b]?.bound;
    const overlap = bound === undefined ? 0 : iou(box, bound);
    if (overlap >= NEAR_IOU && overlap > (best?.iou ?? 0)) best = { found: a, truth: b, iou: overlap };
  }
  return best;
}

function howItLies(box: ImageRect | undefined, face: ImageRect | undefined): 'too-large' | 'too-small' | 'shifted' {
  if (box === undefined || face === undefined) return 'shifted';
  const ratio = area(box) / Math.max(area(face), Number.MIN_VALUE);
  if (ratio > SAME_SIZE) return 'too-large';
  return ratio < 1 / SAME_SIZE ? 'too-small' : 'shifted';
}

/** What is said of a difference in a line. `nameOf` calls a found box: "face 7". */
export function differenceSentence(difference: Difference, nameOf: (found: number) => string): string {
  if (difference.kind === 'missed') {
    if (difference.under === undefined) return 'No box near';
    const name = nameOf(difference.under.found);
    switch (difference.under.how) {
      case 'too-large':
        return `Under ${name}, which is too large`;
      case 'too-small':
        return `Around ${name}, which is too small`;
      case 'shifted':
        return `Beside ${name}, which is shifted`;
    }
  }
  const overlap = difference.on === undefined ? '' : `, IoU ${difference.on.iou.toFixed(2)}`;
  switch (difference.why) {
    case 'shifted':
      return `Shifted${overlap}`;
    case 'wrong-size':
      return `Wrong size${overlap}`;
    case 'double':
      return `Double of ${difference.doubleOf === undefined ? 'another' : nameOf(difference.doubleOf)}${overlap}`;
    case 'not-a-face':
      return 'No true face here';
  }
}
