import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLURRED_BELOW, type CropPixels, sharpnessOf } from './sharpness.ts';

type Drawing = { readonly width: number; readonly height: number; readonly grey: Float64Array };

type Disc = { readonly x: number; readonly y: number; readonly size: number; readonly grey: number };

/** Discs on a plain ground, in the order in which they are drawn; all lengths are shares of the side. */
function draw(side: number, ground: number, discs: readonly Disc[]): Drawing {
  const [width, height] = [side, Math.round(side * 1.25)];
  const grey = new Float64Array(width * height).fill(ground);
  for (const disc of discs) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (Math.hypot(x - disc.x * width, y - disc.y * height) < (disc.size * width) / 2)
          grey[y * width + x] = disc.grey;
      }
    }
  }
  return { width, height, grey };
}

/** What every face has: brows, eyes with pupils, nostrils, a mouth with teeth, on skin. */
const FACE: readonly Disc[] = [
  { x: 0.5, y: 0.5, size: 0.95, grey: 190 },
  ...[0.3, 0.7].flatMap((x) => [
    { x, y: 0.3, size: 0.16, grey: 70 },
    { x, y: 0.33, size: 0.15, grey: 190 },
    { x, y: 0.38, size: 0.13, grey: 235 },
    { x, y: 0.38, size: 0.06, grey: 40 },
  ]),
  ...[0.45, 0.55].map((x) => ({ x, y: 0.57, size: 0.03, grey: 110 })),
  { x: 0.5, y: 0.76, size: 0.22, grey: 120 },
  { x: 0.5, y: 0.75, size: 0.12, grey: 230 },
];

/** Blurred by a Gaussian of so many pixels, with what is at the edge repeated beyond it; not by less than a fifth. */
function blurred(drawing: Drawing, sigma: number): Drawing {
  if (sigma < 0.2) return drawing;
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma ** 2)),
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const { width, height } = drawing;
  const along = (from: Float64Array, count: number, step: number, placeOf: (at: number) => number) =>
    from.map((_, at) => {
      const place = placeOf(at);
      let sum = 0;
      weights.forEach((weight, index) => {
        const other = Math.min(count - 1, Math.max(0, place + index - reach));
        sum += weight * (from[at + (other - place) * step] ?? 0);
      });
      return sum / whole;
    });
  const across = along(drawing.grey, width, 1, (at) => at % width);
  return { ...drawing, grey: along(across, height, width, (at) => Math.floor(at / width)) };
}

/** Every pixel moved along one line, as by a hand that shook: the mean of so many pixels across. */
function shaken({ width, height, grey }: Drawing, length: number): Drawing {
  const from = (at: number, by: number) => grey[at - (at % width) + Math.min(width - 1, (at % width) + by)] ?? 0;
  return {
    width,
    height,
    grey: grey.map(
      (_, at) => Array.from({ length }, (_, by) => from(at, by)).reduce((sum, one) => sum + one, 0) / length,
    ),
  };
}

function pixelsOf({ width, height, grey }: Drawing): CropPixels {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [at, value] of grey.entries()) data.fill(value, at * 4, at * 4 + 3);
  return { width, height, data };
}

const sharpness = (drawing: Drawing): number => sharpnessOf(pixelsOf(drawing));

const disc = fc.record({
  x: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  y: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  size: fc.double({ min: 0.1, max: 0.7, noNaN: true }),
  grey: fc.integer({ min: 0, max: 255 }),
});

/** Whole greys and whole pixels leave a trace of detail: a hundredth of what tells sharp from blurred. */
const GRAIN = BLURRED_BELOW / 100;

describe('how sharp a crop is', () => {
  it('is never more once it is blurred', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 56, max: 140 }),
        fc.integer({ min: 0, max: 255 }),
        fc.array(disc, { minLength: 4, maxLength: 12 }),
        fc.double({ min: 0, max: 0.04, noNaN: true }),
        fc.double({ min: 0.01, max: 0.06, noNaN: true }),
        (side, ground, discs, before, more) => {
          const drawing = draw(side, ground, discs);
          const [less, further] = [before * side, Math.hypot(before, more) * side];
          expect(sharpness(blurred(drawing, further))).toBeLessThanOrEqual(sharpness(blurred(drawing, less)) + GRAIN);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('falls with every step of blur of a face, at any size, and tells a sharp one from a blurred one', () => {
    for (const side of [56, 90, 160, 400]) {
      const face = draw(side, 60, FACE);
      const values = [0, 0.01, 0.02, 0.04, 0.08].map((share) => sharpness(blurred(face, share * side)));
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      expect(values[0]).toBeGreaterThan(BLURRED_BELOW);
      expect(values[1]).toBeGreaterThan(BLURRED_BELOW);
      expect(values[3]).toBeLessThan(BLURRED_BELOW);
    }
  });

  it('is about the same for one face at any size', () => {
    const values = [64, 128, 256, 512].map((side) => sharpness(draw(side, 60, FACE)));
    expect(Math.max(...values)).toBeLessThan(1.35 * Math.min(...values));
  });

  it('is spoiled by a hand that shook, which leaves one direction sharp', () => {
    const face = draw(160, 60, FACE);
    expect(sharpness(shaken(face, 24))).toBeLessThan(BLURRED_BELOW);
  });

  it('takes neither a plain crop nor the noise of one for detail', () => {
    expect(sharpness(draw(90, 120, []))).toBe(0);
    const noisy = {
      ...draw(160, 120, []),
      grey: draw(160, 120, []).grey.map((grey, at) => grey + ((at * 7919) % 17) - 8),
    };
    expect(sharpness(noisy)).toBeLessThan(BLURRED_BELOW);
  });

  it('is nothing for less than three pixels', () => {
    expect(sharpnessOf({ width: 2, height: 90, data: new Uint8ClampedArray(720) })).toBe(0);
  });
});
