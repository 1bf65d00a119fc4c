import { describe, expect, test } from 'vitest';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { thumbnailPlace } from './thumbnail-place.ts';

const portrait = { width: 600, height: 1000 };
const wide = { width: 1600, height: 400 };
const at = (x: number, y: number, side = 100) => ({ bound: imageRect(x, y, side, side) });

/** What the thumbnail shows along the longer side, in pixels of the picture. */
function shown(faces: readonly ReturnType<typeof at>[], size: Size) {
  const { x, y } = thumbnailPlace(faces, size);
  const spare = Math.max(size.width, size.height) - Math.min(size.width, size.height);
  const from = ((size.width > size.height ? x : y) / 100) * spare;
  return { from, to: from + Math.min(size.width, size.height) };
}

describe('a square thumbnail', () => {
  test('shows the head of a portrait and not the tie', () => {
    const { from, to } = shown([at(250, 60, 120)], portrait);
    expect(from).toBe(0);
    expect(to).toBeGreaterThan(180);
  });

  test('shows a face at the bottom too', () => {
    expect(shown([at(200, 880)], portrait).to).toBe(1000);
  });

  test('goes where most of the heads are, and has them in its middle', () => {
    const { from, to } = shown([at(100, 50), at(1000, 50), at(1150, 50)], wide);
    expect((from + to) / 2).toBeCloseTo(1125);
  });

  test('a large face counts more than one far behind it', () => {
    const { from, to } = shown([at(100, 50, 20), at(1200, 50, 200)], wide);
    expect(from).toBeLessThan(1200);
    expect(to).toBeGreaterThan(1400);
  });

  test('is cut from the middle where nothing is known, and where nothing is to choose', () => {
    expect(thumbnailPlace([], portrait)).toEqual({ x: 50, y: 50 });
    expect(thumbnailPlace([at(0, 0)], { width: 500, height: 500 })).toEqual({ x: 50, y: 50 });
  });

  test('never leaves the picture', () => {
    for (let x = 0; x <= 1500; x += 100) {
      const { x: along } = thumbnailPlace([at(x, 50)], wide);
      expect(along).toBeGreaterThanOrEqual(0);
      expect(along).toBeLessThanOrEqual(100);
    }
  });
});
