import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Orientation, toOrientation, uprightSize, uprightTransform } from './orientation.ts';
import { imageRect, type Size } from './spaces.ts';
import { storedRect, uprightRect } from './upright.ts';

const side = fc.integer({ min: 1, max: 900 });
const placed: fc.Arbitrary<{ size: Size; rect: ReturnType<typeof imageRect>; orientation: Orientation }> = fc.record({
  size: fc.record({ width: side, height: side }),
  rect: fc.tuple(side, side, side, side).map(([x, y, width, height]) => imageRect(x, y, width, height)),
  orientation: fc.integer({ min: 1, max: 8 }).map(toOrientation),
});

test('a box turns as the pixels under it do, whatever the orientation', () => {
  fc.assert(
    fc.property(placed, ({ size, rect, orientation }) => {
      const [a, b, c, d, e, f] = uprightTransform(size, orientation);
      const corners = [0, 1].map((far) => {
        const [x, y] = [rect.x + far * rect.width, rect.y + far * rect.height];
        return { x: a * x + c * y + e, y: b * x + d * y + f };
      });
      const [left, right] = corners.map(({ x }) => x).toSorted((one, other) => one - other);
      const [top, bottom] = corners.map(({ y }) => y).toSorted((one, other) => one - other);
      const upright = uprightRect(rect, size, orientation);
      expect([upright.x, upright.x + upright.width]).toEqual([left, right]);
      expect([upright.y, upright.y + upright.height]).toEqual([top, bottom]);
    }),
  );
});

test('turned upright and back it is the same box', () => {
  fc.assert(
    fc.property(placed, ({ size, rect, orientation }) => {
      const upright = uprightRect(rect, size, orientation);
      expect(storedRect(upright, uprightSize(size, orientation), orientation)).toEqual(rect);
    }),
  );
});
