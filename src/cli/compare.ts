import { truthOf, uprightFrame } from '#page/annotations/model/annotation-file.ts';
import {
  addTallies,
  type Comparison,
  compareBoxes,
  type SizeClass,
  type Tally,
  type TruthBox,
  tallyBySize,
  tallyOf,
} from '#page/annotations/model/comparison.ts';
import { pairByName } from '#page/annotations/model/pair-by-name.ts';
import { formatPictureCount } from '#shared/format-measures.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import type { LookedAt } from './looked-at.ts';
import type { ToldPicture, Truths } from './read-truth.ts';

/** A picture that the truth tells of. Boxes are in upright pixels of its file. */
export type ComparedPicture = {
  readonly picture: LookedAt;
  readonly found: readonly ImageRect[];
  readonly truth: readonly TruthBox[];
  readonly comparison: Comparison;
  readonly tally: Tally;
};

export type ComparedSet = {
  readonly compared: ReadonlyMap<LookedAt, ComparedPicture>;
  /** Pictures that the truth does not tell of: in none of the figures. */
  readonly without: readonly LookedAt[];
  readonly total: Tally;
  readonly bySize: ReadonlyMap<SizeClass, Tally>;
  /** Oddities in sentences. */
  readonly notes: readonly string[];
};

/** Shapes that differ by more than this are of two pictures, or of one that is turned in one of them. */
const SAME_SHAPE = 0.02;

/** Which of what is told belongs to which picture: by the file's digest where both know it, else by name. */
export function pairTruths<P extends Pick<LookedAt, 'name' | 'path' | 'sha256'>>(
  told: readonly ToldPicture[],
  pictures: readonly P[],
): readonly (readonly [ToldPicture, P])[] {
  const byDigest = new Map(
    pictures.flatMap((picture) => (picture.sha256 === undefined ? [] : [[picture.sha256, picture]])),
  );
  const sure = told.flatMap((each) => {
    const picture = each.sha256 === undefined ? undefined : byDigest.get(each.sha256);
    return picture === undefined ? [] : [[each, picture] as const];
  });
  const [doneTold, donePictures] = [new Set(sure.map(([each]) => each)), new Set(sure.map(([, picture]) => picture))];
  return [
    ...sure,
    ...pairByName(
      told.filter((each) => !doneTold.has(each)),
      pictures.filter((picture) => !donePictures.has(picture)),
    ),
  ];
}

/** Compares what was found in every picture that the truth tells of, from an IoU of `from` on. */
export function compareSet(pictures: readonly LookedAt[], truths: Truths, from: number): ComparedSet {
  const pairs = pairTruths(truths.pictures, pictures);
  const compared = new Map(
    pairs.map(([told, picture]) => [picture, comparePicture(picture, told, truths.isCompared, from)]),
  );
  const turned = pairs.filter(([{ annotated }, { size }]) => !sameShape(uprightFrame(annotated, size), size));
  const used = new Set(pairs.map(([told]) => told));
  const lone = truths.pictures.filter((told) => !used.has(told));
  const all = [...compared.values()];
  return {
    compared,
    without: pictures.filter((picture) => !compared.has(picture)),
    total: addTallies(all.map(({ tally }) => tally)),
    bySize: sumBySize(all),
    notes: [
      ...turned.map(
        ([, { name }]) => `The truth measures ${name} in another shape than the file has, so its boxes may be off.`,
      ),
      ...(lone.length === 0 ? [] : [`The truth also tells of ${formatPictureCount(lone.length)} not looked at here.`]),
    ],
  };
}

function comparePicture(
  picture: LookedAt,
  { annotated }: ToldPicture,
  isCompared: Truths['isCompared'],
  from: number,
): ComparedPicture {
  const { detection, size } = picture;
  const found = detection.faces.map(({ bound }) => rescale(bound, detection.size, size));
  const truth = truthOf(annotated, size, size, isCompared);
  const comparison = compareBoxes(found, truth, from);
  return { picture, found, truth, comparison, tally: tallyOf(comparison) };
}

function sumBySize(all: readonly ComparedPicture[]): ReadonlyMap<SizeClass, Tally> {
  const sums = new Map<SizeClass, Tally>();
  for (const { comparison, found, truth } of all) {
    for (const [name, tally] of tallyBySize(comparison, found, truth)) {
      const sum = sums.get(name);
      sums.set(name, sum === undefined ? tally : addTallies([sum, tally]));
    }
  }
  return sums;
}

const sameShape = (a: Size, b: Size): boolean =>
  Math.abs((a.width * b.height) / (a.height * b.width) - 1) <= SAME_SHAPE;
