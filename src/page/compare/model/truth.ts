import * as z from 'zod/mini';
import { type AnnotatedPicture, type TruthBox, truthOf } from '#page/annotations/index.ts';
import type { Orientation } from '#shared/geometry/orientation.ts';
import { uprightSize } from '#shared/geometry/orientation.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { isTurning } from '#shared/geometry/upright.ts';

/** Most boxes of a picture that are kept, and longest names. Ours: what anybody may have written must have an end. */
export const MOST_TRUTH_BOXES = 20_000;
const LONGEST_NAME = 1000;

const coordinate = z.number().check(z.minimum(-1e7), z.maximum(1e7));
const side = z.number().check(z.nonnegative(), z.maximum(1e7));
const box = z.object({
  bound: z.pipe(
    z.object({ x: coordinate, y: coordinate, width: side, height: side }),
    z.transform((rect): ImageRect => rect),
  ),
  ignored: z.optional(z.enum(['one', 'crowd'])),
});
const id = z.string().check(z.regex(/^[0-9a-f]{32}$/));
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const picturePixels = z.number().check(z.positive(), z.maximum(1_000_000));

/** Files that a truth is read from. */
export const TRUTH_KINDS = ['coco', 'yolo', 'pascal-voc', 'csv', 'verdicts'] as const;

/** A file, or several of one drop, whose boxes answers are compared with. */
export const truthSet = z.object({
  id,
  /** Of the file: "truth.coco.json". */
  name: z.string().check(z.maxLength(LONGEST_NAME)),
  kind: z.enum(TRUTH_KINDS),
  /** When it was handed over, in milliseconds since 1970. */
  takenAt: z.int().check(z.nonnegative()),
});
export type TruthSet = z.infer<typeof truthSet>;

/** What a truth says of one picture. A picture without a record is without truth; one without boxes has none in it. */
export const truthRecord = z.object({
  set: id,
  /** SHA-256 of the picture's file as it was handed over; for a link, of the bytes shown. Hex. */
  file: digest,
  /** SHA-256 of what was sent, by which the record is found as well. */
  sent: digest,
  /** Upright size of that file in pixels: the space of the boxes. */
  size: z.object({ width: picturePixels, height: picturePixels }),
  boxes: z.array(box).check(z.maxLength(MOST_TRUTH_BOXES)),
});
export type TruthRecord = z.infer<typeof truthRecord>;

/** What a record is kept under. */
export const truthKey = ({ set, file }: Pick<TruthRecord, 'set' | 'file'>): string => `${set} ${file}`;

/** The file that a picture was made from, as far as its boxes need it. */
export type PictureFile = { readonly size: Size; readonly orientation: Orientation };

/** Two shapes (width by height) that differ less are the same one: programs round, and shrink by a pixel. */
const SAME_SHAPE = 0.02;

const hasShapeOf = (a: Size, b: Size): boolean =>
  Math.abs((a.width * b.height) / (a.height * b.width) - 1) < SAME_SHAPE;

/**
 * The boxes of an annotated picture in upright pixels of its file. Undefined where they are of a picture of another
 * shape, which only has the same name. A program that does not turn pictures tells the stored frame without saying so:
 * its shape shows that.
 */
export function boxesIn(
  annotated: AnnotatedPicture,
  file: PictureFile,
  isTaken: (kind: string | undefined) => boolean,
): readonly TruthBox[] | undefined {
  const { size, orientation } = annotated;
  if (size === undefined || hasShapeOf(uprightSize(size, orientation), file.size)) {
    return truthOf(annotated, file.size, file.size, isTaken).slice(0, MOST_TRUTH_BOXES);
  }
  const isStored =
    orientation === 1 && isTurning(file.orientation) && hasShapeOf(uprightSize(size, file.orientation), file.size);
  return isStored ? boxesIn({ ...annotated, orientation: file.orientation }, file, isTaken) : undefined;
}

/** How many boxes count as faces. */
export const facesIn = (boxes: readonly Pick<TruthBox, 'ignored'>[]): number =>
  boxes.filter(({ ignored }) => ignored === undefined).length;
