import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canvasPixelRatio, MAX_CANVAS_AREA } from './pixel-ratio.ts';

test('an ordinary stage uses every pixel of the screen', () => {
  expect(canvasPixelRatio({ width: 1440, height: 900 }, 2)).toBe(2);
  expect(canvasPixelRatio({ width: 1001, height: 700 }, 1.25)).toBe(1.25);
});

test('a zoomed-out browser still gets a whole pixel per stage pixel', () => {
  expect(canvasPixelRatio({ width: 1440, height: 900 }, 0.5)).toBe(1);
});

test('no canvas is larger than iOS can show', () => {
  const side = fc.integer({ min: 0, max: 4096 });
  fc.assert(
    fc.property(side, side, fc.double({ min: 0.25, max: 5, noNaN: true }), (width, height, devicePixelRatio) => {
      const ratio = canvasPixelRatio({ width, height }, devicePixelRatio);
      expect(width * ratio * (height * ratio)).toBeLessThanOrEqual(MAX_CANVAS_AREA * 1.000001);
    }),
  );
});
