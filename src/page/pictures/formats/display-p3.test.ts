import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayP3ToSrgb } from './display-p3.ts';

const converted = (...rgba: number[]): number[] => {
  const pixels = Uint8ClampedArray.from(rgba);
  displayP3ToSrgb(pixels);
  return [...pixels];
};

// The right sides are Chromium's, from a Display P3 canvas read as sRGB; one step of rounding is free.
test.each([
  [
    [200, 120, 90],
    [213, 115, 83],
  ],
  [
    [60, 90, 160],
    [50, 91, 165],
  ],
  [
    [30, 20, 10],
    [32, 19, 8],
  ],
  [
    [255, 0, 0],
    [255, 0, 0],
  ],
  [
    [120, 200, 40],
    [89, 203, 0],
  ],
])('%j becomes what a browser makes of it', ([red = 0, green = 0, blue = 0], expected) => {
  const [r = 0, g = 0, b = 0] = converted(red, green, blue, 255);
  expect(Math.max(...[r, g, b].map((value, index) => Math.abs(value - (expected[index] ?? 0))))).toBeLessThanOrEqual(1);
});

test('grey stays the same grey, and transparency is not touched', () => {
  fc.assert(
    fc.property(fc.nat(255), fc.nat(255), (grey, alpha) => {
      expect(converted(grey, grey, grey, alpha)).toEqual([grey, grey, grey, alpha]);
    }),
  );
});
