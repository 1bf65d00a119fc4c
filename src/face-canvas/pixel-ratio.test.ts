import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canvasPixelRatio, MAX_CANVAS_AREA, wholePixels } from './pixel-ratio.ts';

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

test('a stage has whole device pixels at any density', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4096 }), fc.double({ min: 1, max: 4, noNaN: true }), (length, ratio) => {
      const whole = wholePixels(length, ratio);
      expect(Math.floor(whole * ratio)).toBe(Math.floor(length * ratio));
      expect(whole * ratio - Math.floor(whole * ratio)).toBeLessThan(1e-5);
      expect(whole).toBeLessThan(length + 1e-5);
    }),
  );
});
