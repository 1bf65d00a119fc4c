import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, cutAround, overviewCut } from './picture-cut.ts';

const PICTURE = { width: 6000, height: 4000 };
const side = fc.integer({ min: 1, max: 12_000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** A picture at some magnification, and a part of it as large as a stage. */
const views = fc
  .record({
    width: side,
    height: side,
    magnification: fc.double({ min: 0.01, max: 64, noNaN: true }),
    x: share,
    y: share,
  })
  .map(({ width, height, magnification, x, y }) => {
    const whole = { width: width * magnification, height: height * magnification };
    const seen = { width: Math.min(whole.width, 2000), height: Math.min(whole.height, 1400) };
    const part = { x: (whole.width - seen.width) * x, y: (whole.height - seen.height) * y, ...seen };
    return { picture: { width, height }, magnification, part };
  });

describe('a cut', () => {
  test('holds what is seen, on whole pixels, within the picture', () => {
    fc.assert(
      fc.property(views, ({ picture, magnification, part }) => {
        const cut = cutAround(part, picture, magnification);
        expect(covers(cut, part)).toBe(true);
        for (const value of [cut.x, cut.y, cut.width, cut.height]) expect(Number.isInteger(value)).toBe(true);
        expect(cut.x + cut.width).toBeLessThanOrEqual(Math.max(1, Math.round(picture.width * magnification)));
        expect(cut.y + cut.height).toBeLessThanOrEqual(Math.max(1, Math.round(picture.height * magnification)));
      }),
    );
  });

  test('stays within what memory allows', () => {
    fc.assert(
      fc.property(views, ({ picture, magnification, part }) => {
        const cut = cutAround(part, picture, magnification);
        expect(cut.width * cut.height).toBeLessThan(6_100_000);
      }),
    );
  });

  test('has a margin for panning where memory allows', () => {
    const seen = { x: 3000, y: 2000, width: 1440, height: 900 };
    const cut = cutAround(seen, PICTURE, 2);
    expect(covers(cut, { ...seen, x: seen.x - 400 })).toBe(true);
    expect(covers(cut, { ...seen, x: seen.x + 400 })).toBe(true);
    expect(covers(cut, { ...seen, x: seen.x + 1440 })).toBe(false);
  });

  test('of a picture that is small on the stage is the whole of it', () => {
    expect(cutAround({ x: 100, y: 100, width: 10, height: 10 }, PICTURE, 0.25)).toEqual({
      magnification: 0.25,
      x: 0,
      y: 0,
      width: 1500,
      height: 1000,
    });
  });
});

test('the overview is the whole picture, at most two megapixels', () => {
  const cut = overviewCut(PICTURE, 1);
  expect(cut.width * cut.height).toBeLessThanOrEqual(2_010_000);
  expect(cut.width / cut.height).toBeCloseTo(1.5, 2);
  expect(overviewCut(PICTURE, 0.2).magnification).toBe(0.2);
});
