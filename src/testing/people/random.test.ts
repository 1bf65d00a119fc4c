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

  it('keeps its numbers when a fork is drawn from', () => {
    const random = createRandom(1);
    const fork = random.fork('hair');
    fork.between(0, 1);
    expect(random.between(0, 1)).toBe(createRandom(1).between(0, 1));
  });

  it('stays within the bounds and covers them evenly', () => {
    const random = createRandom('even');
    const numbers = Array.from({ length: 4000 }, () => random.between(2, 4));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...numbers)).toBeLessThan(4);
    expect(numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toBeCloseTo(3, 1);
  });

  it('follows the weights, and never picks what weighs nothing', () => {
    const random = createRandom('weights');
    const picked = Array.from({ length: 2000 }, () => random.weighted({ never: 0, rare: 1, often: 3 }, 'often'));
    expect(picked).not.toContain('never');
    expect(picked.filter((name) => name === 'often').length / picked.length).toBeCloseTo(0.75, 1);
  });
});
