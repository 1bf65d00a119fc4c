import fc from 'fast-check';
import { expect, it } from 'vitest';
import { restartDelay } from './restart-delay.ts';

it('restarts at once the first time, then after pauses that double up to half a minute', () => {
  expect([1, 2, 3, 4, 5].map(restartDelay)).toEqual([0, 250, 500, 1000, 2000]);
  expect(restartDelay(40)).toBe(30_000);
});

it('never waits less after more losses', () => {
  fc.assert(
    fc.property(fc.nat(10_000), (losses) => {
      expect(restartDelay(losses + 1)).toBeGreaterThanOrEqual(restartDelay(losses));
    }),
  );
});
