import type { ImageRect, Size } from './spaces.ts';
import { imageRect } from './spaces.ts';

/** The values of EXIF's Orientation tag that swap width and height (CIPA DC-008, tag 0x0112). */
export type TurningOrientation = 5 | 6 | 7 | 8;

export const isTurning = (orientation: number | undefined): orientation is TurningOrientation =>
  orientation === 5 || orientation === 6 || orientation === 7 || orientation === 8;

/**
 * Carries a rectangle from the picture as stored (`stored` is its size in pixels) to the picture as shown upright,
 * whose width and height are swapped. Formulas: the eight row/column layouts of CIPA DC-008, tag 0x0112.
 */
export function uprightRect(rect: ImageRect, stored: Size, orientation: TurningOrientation): ImageRect {
  const fromBottom = stored.height - rect.y - rect.height;
  const fromRight = stored.width - rect.x - rect.width;
  switch (orientation) {
    case 5:
      return imageRect(rect.y, rect.x, rect.height, rect.width);
    case 6:
      return imageRect(fromBottom, rect.x, rect.height, rect.width);
    case 7:
      return imageRect(fromBottom, fromRight, rect.height, rect.width);
    case 8:
      return imageRect(rect.y, fromRight, rect.height, rect.width);
  }
}
