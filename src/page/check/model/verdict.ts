import * as z from 'zod/mini';
import { ENGINE_NAMES } from '#contract/routes.ts';
import type { Tally } from '#page/annotations/index.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';

/** Why a found box is wrong, in the order of their keys 1 to 5. */
export const REASONS = ['not-a-face', 'shifted', 'wrong-size', 'double', 'other'] as const;
export type Reason = (typeof REASONS)[number];

export const REASON_NAMES: Readonly<Record<Reason, string>> = {
  'not-a-face': 'Not a face',
  shifted: 'Shifted',
  'wrong-size': 'Wrong size',
  double: 'Double',
  other: 'Other',
};

/** Most of each in a record, and longest texts: what anybody may have written must have an end. Ours. */
export const MOST_BOXES = 20_000;
export const LONGEST_NOTE = 10_000;
const LONGEST_NAME = 1000;

const coordinate = z.number().check(z.minimum(-1e7), z.maximum(1e7));
const bound = z.pipe(
  z.object({
    x: coordinate,
    y: coordinate,
    width: z.number().check(z.positive(), z.maximum(1e7)),
    height: z.number().check(z.positive(), z.maximum(1e7)),
  }),
  z.transform((rect): ImageRect => rect),
);
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const setId = z.string().check(z.regex(/^[0-9a-f]{32}$/));
const side = z.number().check(z.positive(), z.maximum(1_000_000));

/** What a person says of a found face. */
export const verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('right') }),
  z.object({
    kind: z.literal('wrong'),
    reason: z.optional(z.enum(REASONS)),
    /** For *other*: whether a face is there that has no right box. */
    isFace: z.optional(z.boolean()),
    /** Where the face is, when the box is shifted or of the wrong size and somebody drew it. */
    place: z.optional(bound),
  }),
]);
export type Verdict = z.infer<typeof verdict>;

/** A found box that was judged: as it was then, in pixels of the record's `size`. */
const judgedFace = z.object({ faceNo: z.int().check(z.minimum(1), z.maximum(1_000_000)), bound, verdict });
export type JudgedFace = z.infer<typeof judgedFace>;

/** A face that has no box, drawn by hand. `id` counts within its record and is never used twice for another place. */
const missedFace = z.object({ id: z.int().check(z.minimum(1), z.maximum(1_000_000)), bound });
export type MissedFace = z.infer<typeof missedFace>;

/**
 * What one reviewer says of one picture as one engine saw it. It lies beside the answer and never in it: boxes stand
 * here in their own numbers, and follow the answer's faces by overlap (`follow.ts`). Records outlive their pictures.
 */
export const checkRecord = z.object({
  /** Whose it is: the random id of the set, made in each browser and carried by a saved file. */
  set: setId,
  /** SHA-256 of the file as it was handed over; for a link, of the bytes shown. Hex. */
  file: digest,
  /** SHA-256 of what was sent, by which the record is found as well. */
  sent: digest,
  engine: z.enum(ENGINE_NAMES),
  /** Kling's account, where there was one. Never in a file that is saved. */
  account: z.optional(z.string().check(z.maxLength(LONGEST_NAME))),
  /** Version of the page. */
  version: z.string().check(z.maxLength(100)),
  /** Name of the picture, for people. */
  name: z.string().check(z.maxLength(LONGEST_NAME)),
  /** The picture in pixels: the space of every box here. */
  size: z.object({ width: side, height: side }),
  faces: z.array(judgedFace).check(z.maxLength(MOST_BOXES)),
  missed: z.array(missedFace).check(z.maxLength(MOST_BOXES)),
  note: z.string().check(z.maxLength(LONGEST_NOTE)),
  /** Said to be done: what a picture without faces has instead of verdicts. */
  done: z.boolean(),
  /** When it was last changed, in milliseconds since 1970. */
  changedAt: z.int().check(z.nonnegative()),
});
export type CheckRecord = z.infer<typeof checkRecord>;

/** What a record is kept under. */
export const recordKey = ({ set, file, engine }: Pick<CheckRecord, 'set' | 'file' | 'engine'>): string =>
  `${set} ${file} ${engine}`;

/** True for a record that says nothing any more: it is deleted. */
export const isEmptyRecord = ({ faces, missed, note, done }: CheckRecord): boolean =>
  faces.length === 0 && missed.length === 0 && note === '' && !done;

/** Whether a wrong box leaves a face without a right one: a face that counts as missed as well. */
export function leavesFaceMissed(said: Verdict): boolean {
  if (said.kind === 'right') return false;
  switch (said.reason) {
    case 'shifted':
    case 'wrong-size':
      return true;
    case 'other':
      return said.isFace === true;
    case 'not-a-face':
    case 'double':
    case undefined:
      return false;
  }
}

/**
 * Verdicts and missed faces as the matcher counts: *shifted* and *wrong size* are one wrong and one missed, *double* and
 * *not a face* one wrong. The same set compared with a truth gives the same numbers.
 */
export function tallyOfVerdicts(verdicts: readonly Verdict[], missedBoxes: number): Tally {
  const right = verdicts.filter(({ kind }) => kind === 'right').length;
  return {
    right,
    wrong: verdicts.length - right,
    missed: missedBoxes + verdicts.filter(leavesFaceMissed).length,
    measured: 0,
    overlap: 0,
  };
}

/** A reviewer's set as it is told to people. `reviewer` is empty where nobody typed a name. */
export const checkSet = z.object({ id: setId, reviewer: z.string().check(z.maxLength(200)), isOwn: z.boolean() });
export type CheckSet = z.infer<typeof checkSet>;
