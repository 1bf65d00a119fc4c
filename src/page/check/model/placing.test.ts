import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { draggedBox, drawnBox, HANDLES, SMALLEST_SIDE } from './placing.ts';

const picture = { width: 400, height: 300 };
const number = fc.integer({ min: -500, max: 900 });
const box = fc.tuple(number, number, number, number).map(([x, y, width, height]) => imageRect(x, y, width, height));

test('a drawn box lies on the picture and has sides that can be grabbed', () => {
  fc.assert(
    fc.property(box, (any) => {
      const { x, y, width, height } = drawnBox(any, picture);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(picture.width);
      expect(y + height).toBeLessThanOrEqual(picture.height);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(SMALLEST_SIDE);
    }),
  );
});

test('a drawn box that lies well on the picture stays as it is', () => {
  expect(drawnBox(imageRect(10, 20, 100, 120), picture)).toEqual(imageRect(10, 20, 100, 120));
  expect(drawnBox(imageRect(110, 140, -100, -120), picture)).toEqual(imageRect(10, 20, 100, 120));
});

test('every corner and every edge has a handle', () => {
  const places = HANDLES.map(({ x, y }) => `${x} ${y}`).toSorted();
  expect(places).toEqual(['-1 -1', '-1 0', '-1 1', '0 -1', '0 1', '1 -1', '1 0', '1 1']);
});

test('no side is below eight pixels', () => {
  expect(drawnBox(imageRect(10, 20, 1, 2), picture)).toEqual(imageRect(10, 20, 8, 8));
});

test.each(HANDLES)('the handle at $x/$y takes its edges along', (handle) => {
  const { x, y, width, height } = draggedBox(imageRect(100, 100, 80, 60), handle, 10, -20, picture);
  expect([x, x + width]).toEqual([handle.x === -1 ? 110 : 100, handle.x === 1 ? 190 : 180]);
  expect([y, y + height]).toEqual([handle.y === -1 ? 80 : 100, handle.y === 1 ? 140 : 160]);
});

test('a handle moves its own edges and leaves the others', () => {
  const start = imageRect(100, 100, 80, 60);
  fc.assert(
    fc.property(fc.constantFrom(...HANDLES), number, number, (handle, dx, dy) => {
      const moved = draggedBox(start, handle, dx, dy, picture);
      if (handle.x !== -1) expect(moved.x).toBe(100);
      if (handle.x !== 1) expect(moved.x + moved.width).toBe(180);
      if (handle.y !== -1) expect(moved.y).toBe(100);
      if (handle.y !== 1) expect(moved.y + moved.height).toBe(160);
      expect(Math.min(moved.width, moved.height)).toBeGreaterThanOrEqual(SMALLEST_SIDE);
    }),
  );
});

test('a box that is moved keeps its size and stays on the picture', () => {
  fc.assert(
    fc.property(number, number, (dx, dy) => {
      const moved = draggedBox(imageRect(100, 100, 80, 60), 'all', dx, dy, picture);
      expect([moved.width, moved.height]).toEqual([80, 60]);
      expect(drawnBox(moved, picture)).toEqual(moved);
    }),
  );
});
