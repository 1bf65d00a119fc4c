import type { Orientation } from './orientation.ts';
import type { ImageRect, Size } from './spaces.ts';
import { imageRect } from './spaces.ts';

/** The values of EXIF's Orientation tag that swap width and height (CIPA DC-008, tag 0x0112). */
export type TurningOrientation = 5 | 6 | 7 | 8;

export const isTurning = (orientation: number | undefined): orientation is TurningOrientation =>
  orientation === 5 || orientation === 6 || orientation === 7 || orientation === 8;

/**
 * Carries a rectangle from the picture as stored (`stored` is its size in pixels) to the picture as shown upright.
 * Formulas: the eight row/column layouts of CIPA DC-008, tag 0x0112.
 */
export function uprightRect(rect: ImageRect, stored: Size, orientation: Orientation): ImageRect {
  const fromBottom = stored.height - rect.y - rect.height;
  const fromRight = stored.width - rect.x - rect.width;
  switch (orientation) {
    case 1:
      return rect;
    case 2:
      return imageRect(fromRight, rect.y, rect.width, rect.height);
    case 3:
      return imageRect(fromRight, fromBottom, rect.width, rect.height);
    case 4:
      return imageRect(rect.x, fromBottom, rect.width, rect.height);
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

/** What undoes a turn: all undo themselves but the two quarter turns, which undo each other. */
const UNDOES: Readonly<Record<Orientation, Orientation>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 };

/** The way back: from the upright picture (`upright` is its size in pixels) to the picture as stored. */
export const storedRect = (rect: ImageRect, upright: Size, orientation: Orientation): ImageRect =>
  uprightRect(rect, upright, UNDOES[orientation]);
