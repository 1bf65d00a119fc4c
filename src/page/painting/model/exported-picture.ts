import type { Detection, Face } from '#shared/face.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';

/** A picture with its faces as data exports see it. */
export type ExportedPicture = {
  /** Safe and unique in its export, without an ending. */
  readonly stem: string;
  /** File name of the picture as sent: the stem with the ending of its type. */
  readonly fileName: string;
  /** Size of the picture as sent, in pixels of that file. */
  readonly size: Size;
  readonly detection: Detection;
};

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
const rounded = (value: number): number => Math.round(value / STEP) / Math.round(1 / STEP);

/**
 * The face's box on the picture in pixels of the file, its edges rounded to a thousandth. Rounding edges, not sides,
 * keeps the box on the picture and makes a second export of the same numbers the same.
 */
export function boxOf({ size, detection }: ExportedPicture, face: Face): ImageRect {
  const { x, y, width, height } = toFilePixels(face.bound, detection.size, size);
  const left = edge(x, size.width);
  const top = edge(y, size.height);
  return imageRect(
    left,
    top,
    rounded(Math.max(STEP, rounded(Math.min(x + width, size.width)) - left)),
    rounded(Math.max(STEP, rounded(Math.min(y + height, size.height)) - top)),
  );
}

const edge = (value: number, side: number): number => rounded(Math.max(0, Math.min(value, side - STEP)));
