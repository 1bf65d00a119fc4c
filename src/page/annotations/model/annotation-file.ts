import { type Orientation, uprightSize } from '#shared/geometry/orientation.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { uprightRect } from '#shared/geometry/upright.ts';
import type { TruthBox } from './comparison.ts';

/** Formats of boxes that are read. What the page writes in one of them it reads back. */
export type AnnotationFormat = 'coco' | 'yolo' | 'pascal-voc' | 'csv';

/** A box as a file tells it. */
export type AnnotatedBox = {
  /** In the frame and unit of its picture; undefined where no four numbers stand. */
  readonly bound: ImageRect | undefined;
  /** What stood there instead of four numbers. */
  readonly told?: readonly unknown[];
  /** Name of its category; undefined where the file tells none, and then it is what the file is about. */
  readonly kind: string | undefined;
  /** The number that the file gives it, whatever that is; ours are a face's `faceNo`. */
  readonly faceNo: number | undefined;
  readonly name: string | undefined;
  readonly ignored: TruthBox['ignored'];
};

/** A picture that a file tells about. Without boxes it has none, which is more than not being told about. */
export type AnnotatedPicture = {
  /** File name, path or id of the picture; undefined where only the name of the annotation's own file says it. */
  readonly pictureName: string | undefined;
  /** Of the numbers: pixels of the frame, or shares of its sides. */
  readonly unit: 'pixels' | 'shares';
  /** Size in pixels of the frame that the numbers are in, as the file tells it: stored pixels, before EXIF turns them. */
  readonly size: Size | undefined;
  /** How EXIF turns that frame; 1 where the file does not say so. */
  readonly orientation: Orientation;
  readonly boxes: readonly AnnotatedBox[];
};

/** What a file of boxes holds. */
export type AnnotationFile = {
  readonly format: AnnotationFormat;
  readonly pictures: readonly AnnotatedPicture[];
  /** Boxes of pictures that the file does not list. */
  readonly unlisted: readonly AnnotatedBox[];
};

/**
 * The upright size of the frame of an annotated picture. `fileSize` is the upright size in pixels of the picture that it
 * is about, for files that do not tell one.
 */
export const uprightFrame = ({ size, orientation }: AnnotatedPicture, fileSize: Size): Size =>
  size === undefined ? fileSize : uprightSize(size, orientation);

/** A box in pixels of the upright frame (`uprightFrame`). */
export function uprightBound(bound: ImageRect, picture: AnnotatedPicture, fileSize: Size): ImageRect {
  const upright = uprightFrame(picture, fileSize);
  // A quarter turn swaps the sides, and swaps them back.
  const stored = uprightSize(upright, picture.orientation);
  const inPixels = picture.unit === 'pixels' ? bound : rescale(bound, { width: 1, height: 1 }, stored);
  return uprightRect(inPixels, stored, picture.orientation);
}

/**
 * The boxes of a picture as truth, in pixels of `space`, a measure of the same upright picture. `fileSize` is its upright
 * size as the person's own file has it. `isTaken` says which kinds count as faces; boxes without numbers are left out.
 */
export function truthOf(
  picture: AnnotatedPicture,
  fileSize: Size,
  space: Size,
  isTaken: (kind: string | undefined) => boolean,
): readonly TruthBox[] {
  const frame = uprightFrame(picture, fileSize);
  return picture.boxes.flatMap(({ bound, kind, ignored }): readonly TruthBox[] => {
    if (bound === undefined || !isTaken(kind)) return [];
    const place = rescale(uprightBound(bound, picture, fileSize), frame, space);
    return [ignored === undefined ? { bound: place } : { bound: place, ignored }];
  });
}

/** How many boxes there are of a kind. */
export type KindCount = { readonly name: string; readonly count: number };

/** The kinds of a file's boxes, the most frequent first; boxes without a kind are of none. */
export function kindsIn({ pictures }: AnnotationFile): readonly KindCount[] {
  const counts = new Map<string, number>();
  for (const { boxes } of pictures) {
    for (const { kind } of boxes) if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count);
}
