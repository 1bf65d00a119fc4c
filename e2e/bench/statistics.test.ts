import { expect, it } from 'vitest';
import { mean, median, percentile } from './statistics.ts';

it('interpolates a percentile between neighbours', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(percentile([0, 10], 0.9)).toBeCloseTo(9);
  expect(percentile([7], 0.99)).toBe(7);
  expect(mean([1, 2, 6])).toBe(3);
});

it('has no figure for no values', () => {
  expect(median([])).toBeNaN();
  expect(mean([])).toBeNaN();
});
