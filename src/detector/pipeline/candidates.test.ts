import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iou } from '#shared/geometry/rect.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { type Candidate, isSameFaceAcrossPasses, isSameFaceInOnePass, suppressNonMaxima } from './candidates.ts';

const candidate: fc.Arbitrary<Candidate> = fc.record({
  box: fc
    .tuple(fc.nat(60), fc.nat(60), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
    .map(([x, y, width, height]) => imageRect(x, y, width, height)),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
});
const candidates = fc.array(candidate, { maxLength: 30 });

describe.each([
  ['within one pass', isSameFaceInOnePass],
  ['across passes', isSameFaceAcrossPasses],
])('non-maximum suppression %s', (_, isSameFace) => {
  it('keeps only candidates that it was given, best first', () => {
    fc.assert(
      fc.property(candidates, (given) => {
        const kept = suppressNonMaxima(given, isSameFace);
        expect(given).toEqual(expect.arrayContaining(kept));
        expect(kept.map(({ score }) => score)).toEqual(kept.map(({ score }) => score).sort((a, b) => b - a));
      }),
    );
  });

  it('never keeps the same face twice, and drops nothing without a better one in its place', () => {
    fc.assert(
      fc.property(candidates, (given) => {
        const kept = suppressNonMaxima(given, isSameFace);
        for (const [index, { box }] of kept.entries()) {
          expect(kept.slice(index + 1).some((other) => isSameFace(box, other.box))).toBe(false);
        }
        for (const dropped of given.filter((one) => !kept.includes(one))) {
          const better = kept.filter(({ score }) => score >= dropped.score);
          expect(better.some(({ box }) => isSameFace(box, dropped.box))).toBe(true);
        }
      }),
    );
  });

  it('changes nothing when it runs again', () => {
    fc.assert(
      fc.property(candidates, (given) => {
        const kept = suppressNonMaxima(given, isSameFace);
        expect(suppressNonMaxima(kept, isSameFace)).toEqual(kept);
      }),
    );
  });

  it('does not care which of two rectangles comes first', () => {
    fc.assert(
      fc.property(candidate, candidate, (a, b) => {
        expect(isSameFace(a.box, b.box)).toBe(isSameFace(b.box, a.box));
      }),
    );
  });
});

it('takes a part of a face for the face itself across passes, not within one', () => {
  const face = imageRect(0, 0, 100, 100);
  const part = imageRect(10, 10, 40, 40);
  expect(iou(face, part)).toBeLessThan(0.4);
  expect(isSameFaceAcrossPasses(face, part)).toBe(true);
  expect(isSameFaceInOnePass(face, part)).toBe(false);
});
