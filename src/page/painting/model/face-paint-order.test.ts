import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { byFacePaintOrder, type PaintedFace } from './face-paint-order.ts';

test('of boxes of one size the first that was found is on top, and what was drawn is below all that were found', () => {
  const bound = imageRect(0, 0, 10, 10);
  const found = (faceNo: number): PaintedFace => ({ id: `face-${faceNo}`, faceNo, bound });
  const drawn = (drawnNo: number): PaintedFace => ({ id: `drawn-${drawnNo}`, drawnNo, bound });
  const painted = [drawn(2), drawn(1), found(3), found(2), found(1)];
  fc.assert(
    fc.property(fc.shuffledSubarray(painted, { minLength: painted.length }), (shuffled) => {
      expect(shuffled.toSorted(byFacePaintOrder)).toEqual(painted);
    }),
  );
});
