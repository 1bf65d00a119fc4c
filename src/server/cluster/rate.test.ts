import { expect, test } from 'vitest';
import { createRate } from './rate.ts';

test('whoever finds a queue full is told when its pictures will be done, by what the workers did of late', () => {
  let now = 0;
  const rate = createRate(() => now);
  expect(rate.secondsFor(40)).toBe(6);
  for (let count = 0; count < 21; count += 1) {
    rate.note();
    now += 50;
  }
  expect(rate.secondsFor(256)).toBe(14);
  // Half of the workers went away, and later all of them.
  now += 1_000;
  expect(rate.secondsFor(256)).toBe(27);
  now += 60_000;
  expect(rate.secondsFor(256)).toBe(39);
  expect([rate.secondsFor(0), rate.secondsFor(100_000)]).toEqual([1, 60]);
});
