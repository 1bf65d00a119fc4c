import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SMALL_FACE_SIDE } from '#contract/limits.ts';
import type { Face } from '#shared/face.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/stage-driver/faces.ts';
import { factsOf } from './face-facts.ts';
import { FACE_FILTERS, FACE_SORTS, faceAfter, isOffered, shownFaces } from './face-order.ts';
import { BLURRED_BELOW } from './sharpness.ts';

const PICTURE = { width: 1000, height: 800 };
const faces = [
  faceAt(1, imageRect(500, 300, 100, 100), PICTURE),
  faceAt(2, imageRect(100, 200, 300, 200), PICTURE),
  faceAt(3, imageRect(900, 10, 200, 150), PICTURE),
  faceAt(4, imageRect(10, 600, SMALL_FACE_SIDE - 1, 200), PICTURE),
];
/** The second is blurred, the others are sharp. */
const facts = (face: Face) =>
  factsOf(face, { size: PICTURE, scale: 1 }, face.faceNo === 2 ? BLURRED_BELOW / 2 : BLURRED_BELOW);
const numbers = (sort: (typeof FACE_SORTS)[number], filter: (typeof FACE_FILTERS)[number] = 'all') =>
  shownFaces(faces, sort, filter, facts).map((face) => face.faceNo);

describe('the shown order', () => {
  it.each([
    ['reply', [1, 2, 3, 4]],
    ['left-to-right', [4, 2, 1, 3]],
    ['top-to-bottom', [3, 2, 1, 4]],
    ['largest-first', [2, 4, 3, 1]],
  ] as const)('%s', (sort, order) => {
    expect(numbers(sort)).toEqual(order);
  });

  it.each([
    ['large-and-sharp', [1, 3]],
    ['small', [4]],
    ['blurred', [2]],
    ['cut-by-edge', [3, 4]],
    ['turned-away', []],
  ] as const)('with the filter %s', (filter, kept) => {
    expect(numbers('reply', filter)).toEqual(kept);
  });

  it('goes by score where scores are told, and is of no score where they are not', () => {
    const scored = [0.55, 0.98, 0.7, 0.3].map((score, index) => ({
      ...faceAt(index + 1, imageRect(5, 5, 50, 50), PICTURE),
      score,
    }));
    const numbers = (sort: (typeof FACE_SORTS)[number], filter: (typeof FACE_FILTERS)[number]) =>
      shownFaces(scored, sort, filter, facts).map((face) => face.faceNo);
    expect(numbers('surest-first', 'all')).toEqual([2, 3, 1, 4]);
    expect(numbers('reply', 'unsure')).toEqual([1, 4]);
    expect(numbers('reply', 'sure')).toEqual([2, 3]);
    for (const choice of ['surest-first', 'sure', 'unsure'] as const) {
      expect(isOffered(choice, scored)).toBe(true);
      expect(isOffered(choice, faces)).toBe(false);
    }
    expect(isOffered('largest-first', faces)).toBe(true);
  });

  it('goes by pose where one is told', () => {
    const [first = faceAt(1, imageRect(0, 0, 9, 9), PICTURE)] = faces;
    const turned = [{ ...first, pose: { yaw: 60, pitch: 0, roll: 0 } }];
    expect(isOffered('turned-away', faces)).toBe(false);
    expect(isOffered('turned-away', turned)).toBe(true);
    expect(shownFaces(turned, 'reply', 'turned-away', facts)).toEqual(turned);
  });

  it('keeps equals in the order of the reply', () => {
    const twins = [3, 1, 2].map((faceNo) => faceAt(faceNo, imageRect(5, 5, 50, 50), PICTURE));
    for (const sort of FACE_SORTS)
      expect(shownFaces(twins, sort, 'all', facts).map((face) => face.faceNo)).toEqual([1, 2, 3]);
  });

  it('never renumbers, adds or changes a face', () => {
    const rect = fc.record({
      x: fc.integer({ min: -50, max: 900 }),
      y: fc.integer({ min: -50, max: 700 }),
      width: fc.integer({ min: 60, max: 300 }),
      height: fc.integer({ min: 60, max: 300 }),
    });
    fc.assert(
      fc.property(
        fc.array(rect),
        fc.constantFrom(...FACE_SORTS),
        fc.constantFrom(...FACE_FILTERS),
        (rects, sort, filter) => {
          const all = rects.map((bound, index) => faceAt(index + 1, bound, PICTURE));
          const shown = shownFaces(all, sort, filter, facts);
          expect(new Set(shown).size).toBe(shown.length);
          for (const face of shown) expect(all[face.faceNo - 1]).toBe(face);
          if (filter === 'all') expect(shown).toHaveLength(all.length);
        },
      ),
    );
  });
});

describe('walking', () => {
  const shown = ['face-4', 'face-2', 'face-9'] as const;

  it('goes step by step and stops at the ends', () => {
    expect(faceAfter(shown, 'face-4', 1)).toBe('face-2');
    expect(faceAfter(shown, 'face-9', 1)).toBe('face-9');
    expect(faceAfter(shown, 'face-4', -1)).toBe('face-4');
    expect(faceAfter(shown, 'face-4', 8)).toBe('face-9');
  });

  it('begins at the end it comes from when it stands nowhere', () => {
    expect(faceAfter(shown, undefined, 1)).toBe('face-4');
    expect(faceAfter(shown, 'face-7', -1)).toBe('face-9');
    expect(faceAfter([], undefined, 1)).toBeUndefined();
  });
});
