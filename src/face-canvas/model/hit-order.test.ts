import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faceId } from '#shared/face.ts';
import { area, contains } from '#shared/geometry/rect.ts';
import { imagePoint, imageRect } from '#shared/geometry/spaces.ts';
import { boxesAt, byPaintOrder, type Hittable, pickByClick } from './hit-order.ts';

const hittable = (faceNo: number, x: number, y: number, width: number, height: number): Hittable => ({
  id: faceId(faceNo),
  order: faceNo,
  bound: imageRect(x, y, width, height),
});
const coordinate = fc.integer({ min: 0, max: 60 });
const length = fc.integer({ min: 1, max: 40 });
const crowds = fc
  .array(fc.tuple(coordinate, coordinate, length, length), { maxLength: 30 })
  .map((boxes) => boxes.map(([x, y, width, height], index) => hittable(index + 1, x, y, width, height)));
const ids = (faces: readonly Hittable[]) => faces.map(({ id }) => id);

test('a box inside another is on top of it', () => {
  const outer = hittable(1, 0, 0, 100, 100);
  const inner = hittable(2, 40, 40, 10, 10);
  expect(ids(boxesAt([outer, inner], imagePoint(45, 45)))).toEqual(['face-2', 'face-1']);
  expect(ids([inner, outer].sort(byPaintOrder))).toEqual(['face-1', 'face-2']);
});

test('of equal boxes the first of the reply is on top', () => {
  const twins = [hittable(2, 0, 0, 10, 10), hittable(1, 0, 0, 10, 10)];
  expect(ids(boxesAt(twins, imagePoint(5, 5)))).toEqual(['face-1', 'face-2']);
});

test('the hit order is the same whatever order the faces come in', () => {
  fc.assert(
    fc.property(
      crowds.chain((faces) => fc.tuple(fc.constant(faces), fc.shuffledSubarray(faces, { minLength: faces.length }))),
      coordinate,
      coordinate,
      fc.integer({ min: 0, max: 20 }),
      ([faces, shuffled], x, y, reach) => {
        const point = imagePoint(x, y);
        expect(ids(boxesAt(shuffled, point, reach))).toEqual(ids(boxesAt(faces, point, reach)));
      },
    ),
  );
});

test('every face under the point is found, from the smallest to the largest', () => {
  fc.assert(
    fc.property(crowds, coordinate, coordinate, (faces, x, y) => {
      const point = imagePoint(x, y);
      const found = boxesAt(faces, point);
      expect(new Set(ids(found))).toEqual(new Set(ids(faces.filter(({ bound }) => contains(bound, point)))));
      const areas = found.map(({ bound }) => area(bound));
      expect(areas).toEqual(areas.toSorted((a, b) => a - b));
    }),
  );
});

test('a finger beside a small face finds the nearest within reach', () => {
  const faces = [hittable(1, 0, 0, 10, 10), hittable(2, 40, 0, 10, 10)];
  expect(ids(boxesAt(faces, imagePoint(22, 5), 20))).toEqual(['face-1', 'face-2']);
  expect(ids(boxesAt(faces, imagePoint(22, 5), 15))).toEqual(['face-1']);
  expect(boxesAt(faces, imagePoint(22, 5))).toEqual([]);
});

test('how near a box is counts in every direction alike', () => {
  const boxes = [hittable(1, 100, 100, 20, 20)];
  for (const [x, y] of [
    [95, 110],
    [125, 110],
    [110, 95],
    [110, 125],
    [96, 97],
  ] as const) {
    expect(ids(boxesAt(boxes, imagePoint(x, y), 5))).toEqual(['face-1']);
    expect(boxesAt(boxes, imagePoint(x, y), 4.9)).toEqual([]);
  }
});

test('a box under the finger wins over nearer middles around it', () => {
  const faces = [hittable(1, 0, 0, 100, 100), hittable(2, 102, 40, 4, 4)];
  expect(ids(boxesAt(faces, imagePoint(99, 42), 20))).toEqual(['face-1']);
});

test('clicking again at the same place goes to the one beneath, and around', () => {
  const hits = [faceId(3), faceId(1), faceId(2)];
  expect(pickByClick(hits, undefined, false)).toBe('face-3');
  expect(pickByClick(hits, faceId(3), true)).toBe('face-1');
  expect(pickByClick(hits, faceId(1), true)).toBe('face-2');
  expect(pickByClick(hits, faceId(2), true)).toBe('face-3');
});

test('a click elsewhere begins at the top again', () => {
  expect(pickByClick([faceId(3), faceId(1)], faceId(3), false)).toBe('face-3');
});

test('a click on nothing picks nothing', () => {
  expect(pickByClick([], faceId(1), true)).toBeUndefined();
});
