import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimeLeft, timeLeft } from './time-left.ts';

describe('the time left of a batch', () => {
  test('an even pace goes on', () => {
    expect(timeLeft({ atMs: 1000, done: 4 }, { atMs: 3000, done: 8 }, 10)).toBe(5000);
  });

  test('nothing is said before two are done', () => {
    expect(timeLeft({ atMs: 0, done: 0 }, { atMs: 9000, done: 1 }, 10)).toBeUndefined();
    expect(timeLeft({ atMs: 0, done: 0 }, { atMs: 9000, done: 2 }, 10)).toBe(45_000);
    expect(timeLeft({ atMs: 5, done: 0 }, { atMs: 5, done: 9 }, 10)).toBeUndefined();
  });

  test.each([
    [3_000, 'a few seconds left'],
    [24_000, 'about 30 s left'],
    [56_000, 'about 1 min left'],
    [60_500, 'about 2 min left'],
    [3_240_500, 'about 55 min left'],
    [100_000, 'about 2 min left'],
    [3_500_000, 'about 1 h left'],
  ])('%i ms are “%s”', (ms, words) => expect(formatTimeLeft(ms)).toBe(words));

  test('no time is without words', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (ms) => formatTimeLeft(ms).endsWith(' left')));
  });
});
