import type { Detection, DrawnFace, Face } from '#shared/face.ts';
import { type Orientation, uprightSize } from '#shared/geometry/orientation.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { storedRect } from '#shared/geometry/upright.ts';

/** A picture with its faces as data exports see it. */
export type ExportedPicture = {
  /** Safe and unique in its export, without an ending. */
  readonly stem: string;
  /** What data files call the picture: the person's own file, with its path in a dropped folder. Unique in its export. */
  readonly fileName: string;
  /** Size in pixels of the frame that all numbers are in. */
  readonly size: Size;
  /** How EXIF turns that frame: 1 where it is upright, else it is the file's stored one. */
  readonly orientation: Orientation;
  readonly detection: Detection;
  /** Faces that somebody drew beside the answer, in the space of its boxes. */
  readonly drawn?: readonly DrawnFace[];
};

/** What a data file calls a face that was drawn by hand, in the way of the service's own names: `drawn_1`. */
export const drawnName = ({ drawnNo }: DrawnFace): string => `drawn_${drawnNo}`;

/**
 * The one transform of every export: from the space of the boxes (`mediaInfo`'s pixels) to the pixels of the file that
 * is made of it, the picture as sent or its original. Most often the identity.
 */
export function toFilePixels(rect: ImageRect, from: Size, to: Size): ImageRect {
  const scaleX = to.width / from.width;
  const scaleY = to.height / from.height;
  return imageRect(rect.x * scaleX, rect.y * scaleY, rect.width * scaleX, rect.height * scaleY);
}

/** Least side of an exported box in pixels, and the step that numbers are rounded to. */
const STEP = 0.001;
/** Never −0, which comes out of a turned edge and is no number that a person or another program expects. */
const rounded = (value: number): number => Math.round(value / STEP) / Math.round(1 / STEP) + 0;

/**
 * The face's box on the picture in pixels of the export's frame, its edges rounded to a thousandth. Rounding edges, not
 * sides, keeps the box on the picture and makes a second export of the same numbers the same.
 */
export function boxOf({ size, orientation, detection }: ExportedPicture, face: Pick<Face, 'bound'>): ImageRect {
  const upright = uprightSize(size, orientation);
  const { x, y, width, height } = toFilePixels(face.bound, detection.size, upright);
  const left = edge(x, upright.width);
  const top = edge(y, upright.height);
  // Rounded before it is turned, so that the same face is the same box in either frame.
  const box = storedRect(
    imageRect(
      left,
      top,
      rounded(Math.max(STEP, rounded(Math.min(x + width, upright.width)) - left)),
      rounded(Math.max(STEP, rounded(Math.min(y + height, upright.height)) - top)),
    ),
    upright,
    orientation,
  );
  return imageRect(rounded(box.x), rounded(box.y), box.width, box.height);
}

const edge = (value: number, side: number): number => rounded(Math.max(0, Math.min(value, side - STEP)));
