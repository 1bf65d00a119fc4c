import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { compareBounds, toBound } from './bounds.ts';

const number = fc.double({ min: -500, max: 1500, noNaN: true });
const side = fc.integer({ min: 1, max: 1000 });

describe('a bound', () => {
  it('is whole pixels inside the picture and never empty', () => {
    fc.assert(
      fc.property(number, number, number, number, side, side, (x, y, boxWidth, boxHeight, width, height) => {
        const bound = toBound(imageRect(x, y, boxWidth, boxHeight), { width, height });
        expect(Object.values(bound).every(Number.isInteger)).toBe(true);
        expect(bound.x).toBeGreaterThanOrEqual(0);
        expect(bound.y).toBeGreaterThanOrEqual(0);
        expect(bound.width).toBeGreaterThanOrEqual(1);
        expect(bound.height).toBeGreaterThanOrEqual(1);
        expect(bound.x + bound.width).toBeLessThanOrEqual(width);
        expect(bound.y + bound.height).toBeLessThanOrEqual(height);
      }),
    );
  });

  it('rounds every edge, so that it stays within half a pixel of the box', () => {
    expect(toBound(imageRect(10.6, 20.4, 30.2, 40.2), { width: 100, height: 100 })).toEqual({
      x: 11,
      y: 20,
      width: 30,
      height: 41,
    });
  });
});

describe('the order of faces', () => {
  const bound = fc.record({ x: fc.nat(5), y: fc.nat(5), width: fc.nat(5), height: fc.nat(5) });

  it('is left to right, and top to bottom where left edges are the same pixel', () => {
    const left = { x: 10, y: 300, width: 50, height: 50 };
    const upper = { x: 40, y: 20, width: 50, height: 50 };
    const lower = { x: 40, y: 90, width: 10, height: 10 };
    expect([lower, upper, left].sort(compareBounds)).toEqual([left, upper, lower]);
  });

  it('does not depend on the order in which faces were found', () => {
    fc.assert(
      fc.property(
        fc
          .array(bound)
          .chain((found) => fc.tuple(fc.constant(found), fc.shuffledSubarray(found, { minLength: found.length }))),
        ([found, shuffled]) => {
          expect([...shuffled].sort(compareBounds)).toEqual([...found].sort(compareBounds));
        },
      ),
    );
  });
});
