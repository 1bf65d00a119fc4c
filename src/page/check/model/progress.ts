import type { Detection } from '#shared/face.ts';
import { type Opinions, shownMissed, shownVerdict } from './opinions.ts';
import type { CheckRecord } from './verdict.ts';
import { leavesFaceMissed } from './verdict.ts';

/** How far a picture has been checked. `unknown` has no answer to check. */
export type PictureProgress = {
  readonly state: 'unknown' | 'open' | 'begun' | 'done';
  readonly faces: number;
  readonly checked: number;
  readonly wrong: number;
  /** Faces without a right box: drawn ones, and those under a box that is shifted or of the wrong size. */
  readonly missed: number;
};

export const NO_ANSWER: PictureProgress = { state: 'unknown', faces: 0, checked: 0, wrong: 0, missed: 0 };

/** Where a picture stands: done when every face has a verdict, or when somebody said so of one without faces. */
export function progressOf(
  { faces }: Pick<Detection, 'faces'>,
  opinions: Opinions,
  records: readonly Pick<CheckRecord, 'done'>[],
): PictureProgress {
  const verdicts = faces.flatMap(({ id }) => shownVerdict(opinions, id) ?? []);
  const wrong = verdicts.filter(({ kind }) => kind === 'wrong').length;
  const drawn = shownMissed(opinions).length;
  const isDone = faces.length === 0 ? records.some(({ done }) => done) : verdicts.length === faces.length;
  return {
    state: isDone ? 'done' : verdicts.length > 0 || drawn > 0 ? 'begun' : 'open',
    faces: faces.length,
    checked: verdicts.length,
    wrong,
    missed: drawn + verdicts.filter(leavesFaceMissed).length,
  };
}

/** The line of progress over all pictures. */
export type Totals = {
  readonly pictures: number;
  readonly picturesDone: number;
  readonly faces: number;
  readonly checked: number;
  readonly wrong: number;
  readonly missed: number;
};

export const totalsOf = (all: readonly PictureProgress[]): Totals => ({
  pictures: all.length,
  picturesDone: all.filter(({ state }) => state === 'done').length,
  faces: all.reduce((sum, { faces }) => sum + faces, 0),
  checked: all.reduce((sum, { checked }) => sum + checked, 0),
  wrong: all.reduce((sum, { wrong }) => sum + wrong, 0),
  missed: all.reduce((sum, { missed }) => sum + missed, 0),
});

/** Something that was said, when (milliseconds of any steady clock), and of how many faces. */
export type Act = { readonly at: number; readonly faces: number };

/** Verdicts that tell how fast somebody is, and how many there must be before anything is said. */
const COUNTED = 20;
const LEAST = 10;

/**
 * Time until all is checked, in milliseconds: the median of what the last 20 verdicts took, times the faces that are
 * open. Undefined before ten verdicts. Several faces in one act took each their share.
 */
export function timeLeft(acts: readonly Act[], openFaces: number): number | undefined {
  const took = acts.flatMap(({ at, faces }, index): readonly number[] => {
    const before = acts[index - 1];
    const each = before === undefined || faces < 1 ? undefined : (at - before.at) / faces;
    return each === undefined ? [] : Array.from({ length: Math.min(faces, COUNTED) }, () => each);
  });
  const last = took.slice(-COUNTED).toSorted((a, b) => a - b);
  if (last.length < LEAST) return undefined;
  const middle = last.length / 2;
  const [low, high] = [last[Math.ceil(middle) - 1] ?? 0, last[Math.floor(middle)] ?? 0];
  return ((low + high) / 2) * openFaces;
}

/** "about 6 min", "under a minute". */
export function formatTimeLeft(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 1 ? 'under a minute' : `about ${minutes} min`;
}
