import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

const draw = (seed: number | string) => {
  const random = createRandom(seed);
  return Array.from({ length: 8 }, () => random.between(0, 1));
};

describe('a seeded source of chance', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        expect(draw(a)).toEqual(draw(a));
        if (a !== b) expect(draw(a)).not.toEqual(draw(b));
      }),
    );
  });

  it('stays within the bounds and covers them evenly', () => {
    const random = createRandom('even');
    const numbers = Array.from({ length: 4000 }, () => random.between(2, 4));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...numbers)).toBeLessThan(4);
    expect(numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toBeCloseTo(3, 1);
  });
});
