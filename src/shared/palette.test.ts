import { expect, test } from 'vitest';
import { faceColor } from './palette.ts';

test('eight faces have eight colours, which come again in their order', () => {
  const first = [1, 2, 3, 4, 5, 6, 7, 8].map(faceColor);
  expect(new Set(first).size).toBe(8);
  expect([9, 10, 16, 17].map(faceColor)).toEqual([first[0], first[1], first[7], first[0]]);
  expect(faceColor(1)).toBe('#56b4e9');
});
