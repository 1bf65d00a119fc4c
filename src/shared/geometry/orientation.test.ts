import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toOrientation, uprightSize, uprightTransform } from './orientation.ts';

const orientations = fc.integer({ min: 1, max: 8 }).map(toOrientation);
const sizes = fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) });

/** Where stored row 0 and column 0 belong on the upright picture, as EXIF 2.32 words tag 0x0112. */
const EXIF_WORDS = [
  [1, 'top', 'left'],
  [2, 'top', 'right'],
  [3, 'bottom', 'right'],
  [4, 'bottom', 'left'],
  [5, 'left', 'top'],
  [6, 'right', 'top'],
  [7, 'right', 'bottom'],
  [8, 'left', 'bottom'],
] as const;

describe('turning upright', () => {
  test.each(EXIF_WORDS)('orientation %i puts row 0 at the %s and column 0 at the %s', (value, row0, column0) => {
    const stored = { width: 30, height: 20 };
    const upright = uprightSize(stored, value);
    const [a, b, c, d, e, f] = uprightTransform(stored, value);
    const place = (x: number, y: number) => ({ x: a * x + c * y + e, y: b * x + d * y + f });
    const sideOf = ({ x, y }: { x: number; y: number }, side: 'top' | 'bottom' | 'left' | 'right') =>
      ({ top: y, bottom: upright.height - y, left: x, right: upright.width - x })[side];
    // Half a pixel in: the middle of stored row 0 and of stored column 0.
    expect(sideOf(place(15, 0.5), row0)).toBe(0.5);
    expect(sideOf(place(0.5, 10), column0)).toBe(0.5);
  });

  test('every stored pixel lands on the upright picture', () => {
    fc.assert(
      fc.property(
        sizes,
        orientations,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, orientation, u, v) => {
          const upright = uprightSize(size, orientation);
          const [a, b, c, d, e, f] = uprightTransform(size, orientation);
          const x = a * u * size.width + c * v * size.height + e;
          const y = b * u * size.width + d * v * size.height + f;
          expect(x).toBeGreaterThanOrEqual(-1e-6);
          expect(y).toBeGreaterThanOrEqual(-1e-6);
          expect(x).toBeLessThanOrEqual(upright.width + 1e-6);
          expect(y).toBeLessThanOrEqual(upright.height + 1e-6);
          expect(Math.abs(a * d - b * c)).toBe(1);
        },
      ),
    );
  });

  test('a value that the standard does not know means upright', () => {
    expect([0, 9, -1, 1.5, Number.NaN, 65_535].map(toOrientation)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
