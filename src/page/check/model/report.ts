import type { EngineName } from '#contract/routes.ts';
import {
  addTallies,
  type Figures,
  figuresOf,
  NO_TALLY,
  SIZE_CLASSES,
  type SizeClass,
  sizeClassOf,
  type Tally,
} from '#page/annotations/index.ts';
import type { Detection } from '#shared/face.ts';
import { iou } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { everybodyOn, isDisputed, type Opinions, shownMissed, shownVerdict } from './opinions.ts';
import { type CheckRecord, type CheckSet, leavesFaceMissed, REASON_NAMES, type Verdict } from './verdict.ts';

/** A found face as a report tells of it. */
export type ReportedFace = {
  readonly faceNo: number;
  readonly name: string;
  /** In pixels of the picture's `size`. */
  readonly bound: ImageRect;
  readonly verdict: Verdict | undefined;
};

/** A face that somebody else calls otherwise, with what each says: `Anna: wrong, double`. */
export type Dispute = { readonly faceNo: number; readonly said: readonly string[] };

/** A picture that has an answer, as a report tells of it. */
export type ReportedPicture = {
  /** What it is called, for people; unlike any other in its report. */
  readonly title: string;
  readonly engine: EngineName;
  /** Where a linked picture is from, as far as that is told; undefined for files. */
  readonly from: string | undefined;
  /** The space of all boxes, in pixels. */
  readonly size: Size;
  readonly faces: readonly ReportedFace[];
  /** Faces without a box that were drawn by hand. */
  readonly missed: readonly ImageRect[];
  /** What was written about it; `by` where there are several reviewers. */
  readonly notes: readonly { readonly by: string | undefined; readonly text: string }[];
  readonly isDone: boolean;
  readonly disputes: readonly Dispute[];
  /** How many verdicts fit no face any more. */
  readonly unplaced: number;
};

/** What is known of a picture beside its answer. */
export type AboutPicture = Pick<ReportedPicture, 'title' | 'engine' | 'from' | 'isDone'>;

/** Lays what was said of a picture out for a report. `sets` are those of everybody who may have said something. */
export function reportedPicture(
  about: AboutPicture,
  { faces, size }: Pick<Detection, 'faces' | 'size'>,
  opinions: Opinions,
  records: readonly Pick<CheckRecord, 'set' | 'note'>[],
  sets: readonly CheckSet[],
): ReportedPicture {
  const ownId = sets.find(({ isOwn }) => isOwn)?.id ?? '';
  // Whoever reads a report does not know who "you" is.
  const nameOf = (id: string): string => {
    const typed = sets.find((each) => each.id === id)?.reviewer ?? '';
    return typed !== '' ? typed : id === ownId ? 'this reviewer' : 'another reviewer';
  };
  const everybody = [opinions.own, ...opinions.others.map(({ followed }) => followed)];
  return {
    ...about,
    size,
    faces: faces.map(({ id, faceNo, name, bound }) => ({ faceNo, name, bound, verdict: shownVerdict(opinions, id) })),
    missed: shownMissed(opinions).map(({ bound }) => bound),
    notes: records.flatMap(({ set, note }) =>
      note === '' ? [] : [{ by: records.length > 1 ? nameOf(set) : undefined, text: note }],
    ),
    disputes: faces
      .filter(({ id }) => isDisputed(opinions, id))
      .map(({ id, faceNo }) => ({
        faceNo,
        said: everybodyOn(opinions, ownId, id).map(({ set, verdict }) => `${nameOf(set)}: ${saidInWords(verdict)}`),
      })),
    unplaced: everybody.reduce((sum, { unplaced }) => sum + unplaced.length, 0),
  };
}

const saidInWords = (verdict: Verdict): string =>
  verdict.kind === 'right'
    ? 'right'
    : verdict.reason === undefined
      ? 'wrong'
      : `wrong, ${REASON_NAMES[verdict.reason].toLowerCase()}`;

/** A wrong box: where, and why. */
export type WrongFace = {
  readonly picture: ReportedPicture;
  readonly face: ReportedFace;
  /** `Shifted`; `Wrong` while nobody said why. */
  readonly reason: string;
  /** The face that a double is of, where one can be told. */
  readonly doubleOf: number | undefined;
};

/** A face without a right box: drawn by hand, or under a box that is shifted or of the wrong size. */
export type MissedOne = {
  readonly picture: ReportedPicture;
  readonly bound: ImageRect;
  readonly under: number | undefined;
};

export function wrongOf(picture: ReportedPicture): readonly WrongFace[] {
  return picture.faces.flatMap((face) => {
    if (face.verdict?.kind !== 'wrong') return [];
    const { reason } = face.verdict;
    return [
      {
        picture,
        face,
        reason: reason === undefined ? 'Wrong' : REASON_NAMES[reason],
        doubleOf: reason === 'double' ? nearestTo(face, picture.faces)?.faceNo : undefined,
      },
    ];
  });
}

/** The face that overlaps this one most, one that is not wrong itself. */
function nearestTo(face: ReportedFace, all: readonly ReportedFace[]): ReportedFace | undefined {
  return all
    .filter((other) => other !== face && other.verdict?.kind !== 'wrong' && iou(face.bound, other.bound) > 0)
    .toSorted((a, b) => iou(face.bound, b.bound) - iou(face.bound, a.bound))[0];
}

export function missedOf(picture: ReportedPicture): readonly MissedOne[] {
  const drawn = picture.missed.map((bound) => ({ picture, bound, under: undefined }));
  const under = picture.faces.flatMap(({ faceNo, bound, verdict }) => {
    if (verdict === undefined || !leavesFaceMissed(verdict)) return [];
    return [{ picture, bound: (verdict.kind === 'wrong' ? verdict.place : undefined) ?? bound, under: faceNo }];
  });
  return [...drawn, ...under];
}

/** True for a picture that a report has to show: something is wrong, missed, disputed or noted. */
export const hasDifference = (picture: ReportedPicture): boolean =>
  wrongOf(picture).length > 0 ||
  missedOf(picture).length > 0 ||
  picture.disputes.length > 0 ||
  picture.notes.length > 0;

/**
 * Where there is a face to be covered, in pixels of the picture's `size`: found, drawn, or under a wrong box. What
 * everybody calls no face stays to be seen.
 */
export const coveredBounds = ({ faces, missed, disputes }: ReportedPicture): readonly ImageRect[] => [
  ...faces.flatMap(({ faceNo, bound, verdict }) => {
    const isNoFace =
      verdict?.kind === 'wrong' &&
      (verdict.reason === 'not-a-face' || (verdict.reason === 'other' && verdict.isFace === false)) &&
      !disputes.some((dispute) => dispute.faceNo === faceNo);
    if (isNoFace) return [];
    const place = verdict?.kind === 'wrong' ? verdict.place : undefined;
    return place === undefined ? [bound] : [bound, place];
  }),
  ...missed,
];

/** What a comparison with a truth counted, where there was one. */
export type ReportTruth = {
  /** Name of its file. */
  readonly name: string;
  /** A found and a true face are a pair from this IoU on. */
  readonly from: number;
  readonly tally: Tally;
  readonly bySize: ReadonlyMap<SizeClass, Tally>;
  /** Pictures that it does not name, which are left out of these figures. */
  readonly picturesWithout: number;
};

/** The figures of a report. */
export type ReportFigures = {
  /** All pictures of the work, those without an answer among them, and how many of them are done. */
  readonly pictures: number;
  readonly picturesDone: number;
  readonly found: number;
  readonly checked: number;
  /** What verdicts and drawn boxes say. */
  readonly tally: Tally;
  /** How many of the missed lie under a box that is shifted or of the wrong size. */
  readonly missedUnder: number;
  /** All pictures are done: verdicts and drawn boxes are a truth then. */
  readonly isComplete: boolean;
  /** Where there is a truth, of a file or of a complete check. */
  readonly shares: { readonly tally: Tally; readonly figures: Figures } | undefined;
  /** Classes that have any face, the smallest first. */
  readonly bySize: readonly { readonly name: SizeClass; readonly tally: Tally; readonly figures: Figures }[];
};

/** Counts what a report tells; `withoutAnswer` is how many pictures of the work have none. */
export function reportFigures(
  pictures: readonly ReportedPicture[],
  withoutAnswer: number,
  truth: ReportTruth | undefined,
): ReportFigures {
  const all = pictures.length + withoutAnswer;
  const picturesDone = pictures.filter(({ isDone }) => isDone).length;
  const bySize = truth?.bySize ?? sizesOf(pictures);
  const tally = addTallies([...sizesOf(pictures).values()]);
  const isComplete = all > 0 && picturesDone === all;
  const told = truth?.tally ?? (isComplete ? tally : undefined);
  return {
    pictures: all,
    picturesDone,
    found: pictures.reduce((sum, { faces }) => sum + faces.length, 0),
    checked: tally.right + tally.wrong,
    tally,
    missedUnder: pictures.flatMap(missedOf).filter(({ under }) => under !== undefined).length,
    isComplete,
    shares: told === undefined ? undefined : { tally: told, figures: figuresOf(told) },
    bySize: SIZE_CLASSES.flatMap(({ name }) => {
      const counted = bySize.get(name);
      return counted === undefined ? [] : [{ name, tally: counted, figures: figuresOf(counted) }];
    }),
  };
}

/** By the shorter side of the true face where one is known, else of the found box: the matcher's own rule. */
function sizesOf(pictures: readonly ReportedPicture[]): ReadonlyMap<SizeClass, Tally> {
  const tallies = new Map<SizeClass, Tally>();
  const count = (bound: ImageRect, more: Partial<Tally>) => {
    const name = sizeClassOf(bound);
    tallies.set(name, addTallies([tallies.get(name) ?? NO_TALLY, { ...NO_TALLY, ...more }]));
  };
  for (const picture of pictures) {
    for (const { bound, verdict } of picture.faces) {
      if (verdict !== undefined) count(bound, verdict.kind === 'right' ? { right: 1 } : { wrong: 1 });
    }
    for (const { bound } of missedOf(picture)) count(bound, { missed: 1 });
  }
  return tallies;
}
