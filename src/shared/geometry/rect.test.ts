import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { area, clampToImage, contains, intersection, iou, reachesOutside, rescale, shareOfImage } from './rect.ts';
import { imagePoint, imageRect } from './spaces.ts';

const side = fc.integer({ min: 1, max: 50 });
const rect = fc
  .tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: -20, max: 60 }), side, side)
  .map(([x, y, width, height]) => imageRect(x, y, width, height));
const size = { width: 40, height: 30 };

describe('rectangles', () => {
  test('have in common what can be counted pixel by pixel', () => {
    fc.assert(
      fc.property(rect, rect, (a, b) => {
        let common = 0;
        for (let x = a.x; x < a.x + a.width; x++) {
          for (let y = a.y; y < a.y + a.height; y++) {
            if (x >= b.x && x < b.x + b.width && y >= b.y && y < b.y + b.height) common += 1;
          }
        }
        expect(area(intersection(a, b))).toBe(common);
        expect(iou(a, b)).toBeCloseTo(common / (area(a) + area(b) - common), 10);
        expect(iou(a, b)).toBe(iou(b, a));
      }),
    );
  });

  test('reach outside of a picture exactly when clamping takes something away', () => {
    fc.assert(
      fc.property(rect, (one) => {
        expect(reachesOutside(one, size)).toBe(area(clampToImage(one, size)) < area(one));
      }),
    );
    expect(reachesOutside(imageRect(0, 0, 40, 30), size)).toBe(false);
    expect(shareOfImage(imageRect(0, 0, 20, 15), size)).toBe(0.25);
  });

  test('hold their edges', () => {
    const one = imageRect(10, 20, 30, 40);
    for (const corner of [imagePoint(10, 20), imagePoint(40, 60)]) expect(contains(one, corner)).toBe(true);
    for (const beside of [imagePoint(9.9, 30), imagePoint(40.1, 30), imagePoint(20, 19.9), imagePoint(20, 60.1)]) {
      expect(contains(one, beside)).toBe(false);
    }
  });

  test('keep their place in the picture when it is measured in another size', () => {
    expect(rescale(imageRect(10, 20, 30, 40), { width: 100, height: 100 }, { width: 200, height: 50 })).toEqual(
      imageRect(20, 10, 60, 20),
    );
  });
});
