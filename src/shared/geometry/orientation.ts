import type { Size } from './spaces.ts';

/**
 * How stored pixels must be turned to be upright, as EXIF tag 0x0112 numbers it: 1 upright, 2 mirrored, 3 turned by
 * 180°, 4 flipped, 5 transposed, 6 to be turned 90° clockwise, 7 transversed, 8 to be turned 90° counter-clockwise.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** The orientation that a tag's value means; anything outside 1 to 8 means upright, as every viewer takes it. */
export const toOrientation = (value: number): Orientation => ORIENTATIONS.find((known) => known === value) ?? 1;

/** Size of the upright picture, given the size of the stored pixels. */
export const uprightSize = ({ width, height }: Size, orientation: Orientation): Size =>
  orientation >= 5 ? { width: height, height: width } : { width, height };

/** A canvas transform in the order of `setTransform`: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * The transform that draws stored pixels upright: it maps a stored picture of `drawn` size (pixels, before turning)
 * onto the upright picture whose top left corner is the origin.
 */
export function uprightTransform(drawn: Size, orientation: Orientation): Transform {
  const { width, height } = drawn;
  const transforms: Record<Orientation, Transform> = {
    1: [1, 0, 0, 1, 0, 0],
    2: [-1, 0, 0, 1, width, 0],
    3: [-1, 0, 0, -1, width, height],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, height, 0],
    7: [0, -1, -1, 0, height, width],
    8: [0, -1, 1, 0, 0, width],
  };
  return transforms[orientation];
}
