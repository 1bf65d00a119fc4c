import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { toFilePixels } from './exported-picture.ts';

const sizes = fc.record({
  width: fc.integer({ min: 16, max: 20_000 }),
  height: fc.integer({ min: 16, max: 20_000 }),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** A box by its edges, as shares of the picture's sides. */
const edges = fc.tuple(share, share, share, share).map(([a, b, c, d]) => ({
  left: Math.min(a, b),
  right: Math.max(a, b),
  top: Math.min(c, d),
  bottom: Math.max(c, d),
}));

const boxIn = ({ width, height }: Size, { left, right, top, bottom }: { [edge in Edge]: number }) =>
  imageRect(left * width, top * height, (right - left) * width, (bottom - top) * height);
type Edge = 'left' | 'right' | 'top' | 'bottom';

describe('boxes in pixels of another size of the picture', () => {
  test('lie at the same shares of its sides, whatever rounding did to its proportions', () => {
    fc.assert(
      fc.property(sizes, sizes, edges, (sent, original, shares) => {
        const mapped = toFilePixels(boxIn(sent, shares), sent, original);
        const wanted = boxIn(original, shares);
        for (const side of ['x', 'y', 'width', 'height'] as const) expect(mapped[side]).toBeCloseTo(wanted[side], 6);
      }),
    );
  });

  test('come out the same straight from where they were measured as by way of what was sent', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, edges, (measured, sent, original, shares) => {
        const box = boxIn(measured, shares);
        const straight = toFilePixels(box, measured, original);
        const around = toFilePixels(toFilePixels(box, measured, sent), sent, original);
        for (const side of ['x', 'y', 'width', 'height'] as const) expect(around[side]).toBeCloseTo(straight[side], 6);
      }),
    );
  });
});
