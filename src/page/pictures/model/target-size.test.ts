import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_DECODED_PIXELS, MAX_SENT_SIDE, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { smallerSize, targetSize } from './target-size.ts';

const side = fc.integer({ min: 1, max: 30_000 });

describe('the size that is sent', () => {
  test.each([
    ['a picture within every limit stays', 4000, 3000, 4000, 3000],
    ['the least picture stays', 300, 300, 300, 300],
    ['the longest side stays', 4096, 300, 4096, 300],
    ['a large picture is shrunk to the long side', 6000, 4000, 4096, 2731],
    ['a large upright picture too', 4000, 6000, 2731, 4096],
    ['a panorama keeps the short side that the service needs', 9000, 450, 6000, 300],
  ])('%s', (_name, width, height, sentWidth, sentHeight) => {
    expect(targetSize({ width, height }, false)).toEqual({ ok: true, value: { width: sentWidth, height: sentHeight } });
  });

  test.each([
    ['a small picture', 299, 4000, 'too-small'],
    ['more pixels than can be held', 10_001, 10_000, 'too-many-pixels'],
    ['a strip that no canvas takes', 60_000, 400, 'too-narrow'],
  ])('%s is refused', (_name, width, height, code) => {
    expect(targetSize({ width, height }, false)).toEqual({ ok: false, error: { code, width, height } });
  });

  test('a small picture is enlarged when asked, a large one is not', () => {
    expect(targetSize({ width: 100, height: 150 }, true)).toEqual({ ok: true, value: { width: 300, height: 450 } });
    expect(targetSize({ width: 800, height: 600 }, true)).toEqual({ ok: true, value: { width: 800, height: 600 } });
  });

  test('whatever is accepted keeps the limits and its proportions', () => {
    fc.assert(
      fc.property(side, side, fc.boolean(), (width, height, enlarge) => {
        const target = targetSize({ width, height }, enlarge);
        if (!target.ok) return;
        const { value } = target;
        const short = Math.min(value.width, value.height);
        expect(short).toBeGreaterThanOrEqual(MIN_ASSET_SIDE);
        expect(Math.max(value.width, value.height) <= MAX_SENT_SIDE || short === MIN_ASSET_SIDE).toBe(true);
        expect(width * height).toBeLessThanOrEqual(MAX_DECODED_PIXELS);
        // One pixel of rounding on the shorter side.
        expect(Math.abs(value.width * height - value.height * width)).toBeLessThanOrEqual(Math.max(width, height));
      }),
      { numRuns: 2000 },
    );
  });
});

test('a smaller size has about the share of the pixels that was asked for, as bytes go with pixels', () => {
  expect(smallerSize({ width: 4000, height: 2000 }, 0.25)).toEqual({ width: 2000, height: 1000 });
  expect(smallerSize({ width: 4000, height: 2000 }, 0.81)).toEqual({ width: 3600, height: 1800 });
});

test('a smaller size is really smaller, until the least that the service takes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 300, max: 4096 }),
      fc.integer({ min: 300, max: 4096 }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      (width, height, ratio) => {
        const smaller = smallerSize({ width, height }, ratio);
        if (smaller === undefined) {
          expect(Math.min(width, height)).toBe(MIN_ASSET_SIDE);
          return;
        }
        expect(smaller.width * smaller.height).toBeLessThan(width * height);
        expect(Math.min(smaller.width, smaller.height)).toBeGreaterThanOrEqual(MIN_ASSET_SIDE);
      },
    ),
  );
});
