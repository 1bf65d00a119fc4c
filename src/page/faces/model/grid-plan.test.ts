import { describe, expect, test } from 'vitest';
import { planGrid } from './grid-plan.ts';

const room = { count: 28, width: 468, height: 660, rem: 16 };
const heightOf = (count: number, { columns, pitch }: ReturnType<typeof planGrid>) => Math.ceil(count / columns) * pitch;

describe('a grid of crops', () => {
  test.each([
    [28, 338, 620],
    [28, 468, 620],
    [35, 338, 620],
    [3, 338, 620],
  ])('%i faces in %i × %i px are seen without scrolling', (count, width, height) => {
    const plan = planGrid({ ...room, count, width, height });
    expect(heightOf(count, plan)).toBeLessThanOrEqual(height);
    expect(plan.tileWidth).toBeGreaterThanOrEqual(56);
  });

  test('tiles are as large as that allows, and say their size where it has room', () => {
    expect(planGrid(room)).toMatchObject({ columns: 6, captioned: true });
    expect(planGrid({ ...room, count: 6 })).toMatchObject({ columns: 4, captioned: true });
    expect(planGrid({ ...room, width: 338 })).toMatchObject({ columns: 5, captioned: false });
  });

  test('where not all can be seen, as many as possible are', () => {
    expect(planGrid({ ...room, count: 500 })).toEqual(planGrid({ ...room, count: 500, height: undefined }));
    expect(planGrid({ ...room, count: 500 }).tileWidth).toBeLessThan(64);
  });

  test('all of it grows with the text', () => {
    const usual = planGrid({ ...room, height: undefined });
    const large = planGrid({ ...room, width: room.width * 2, height: undefined, rem: 32 });
    expect(large).toEqual({ ...usual, width: room.width * 2, tileWidth: usual.tileWidth * 2, pitch: usual.pitch * 2 });
  });

  test('there is a column however little room there is', () => {
    expect(planGrid({ ...room, width: 0 })).toMatchObject({ columns: 1, tileWidth: 0 });
  });

  test('the tiles and their gaps fill the width exactly', () => {
    for (let width = 200; width < 900; width += 7) {
      const { columns, tileWidth } = planGrid({ ...room, width });
      expect(columns * tileWidth + (columns - 1) * 8).toBeCloseTo(width);
    }
  });
});
