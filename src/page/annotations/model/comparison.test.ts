import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import {
  addTallies,
  compareBoxes,
  figuresOf,
  formatIou,
  formatShare,
  SIZE_CLASSES,
  sizeClassOf,
  type TruthBox,
  tallyBySize,
  tallyOf,
} from './comparison.ts';

const box = fc
  .tuple(
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: 1, max: 200 }),
  )
  .map(([x, y, width, height]) => imageRect(x, y, width, height));
const truthBox: fc.Arbitrary<TruthBox> = fc
  .record({ bound: box, ignored: fc.constantFrom(undefined, undefined, 'one' as const, 'crowd' as const) })
  .map(({ bound, ignored }) => (ignored === undefined ? { bound } : { bound, ignored }));
const found = fc.array(box, { maxLength: 20 });
const truth = fc.array(truthBox, { maxLength: 20 });
const threshold = fc.constantFrom(0.3, 0.5, 0.9);

describe('comparing with the truth', () => {
  it('counts every found box once and every true face once', () => {
    fc.assert(
      fc.property(found, truth, threshold, (boxes, faces, from) => {
        const { pairs, missed, wrong, ignored } = compareBoxes(boxes, faces, from);
        expect([...pairs.map(({ a }) => a), ...wrong, ...ignored].sort((a, b) => a - b)).toEqual([...boxes.keys()]);
        const counting = [...faces.keys()].filter((index) => faces[index]?.ignored === undefined);
        expect([...pairs.map(({ b }) => b), ...missed].sort((a, b) => a - b)).toEqual(counting);
      }),
    );
  });

  it('is the same in all sizes together as in one', () => {
    fc.assert(
      fc.property(found, truth, threshold, (boxes, faces, from) => {
        const comparison = compareBoxes(boxes, faces, from);
        const { overlap, ...counts } = addTallies([...tallyBySize(comparison, boxes, faces).values()]);
        const { overlap: whole, ...wholeCounts } = tallyOf(comparison);
        expect(counts).toEqual(wholeCounts);
        expect(overlap).toBeCloseTo(whole, 9);
      }),
    );
  });

  it('of anything with itself is perfect', () => {
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 20 }), threshold, (boxes, from) => {
        const itself = compareBoxes(
          boxes,
          boxes.map((bound) => ({ bound })),
          from,
        );
        expect(figuresOf(tallyOf(itself))).toEqual({ precision: 1, recall: 1, f1: 1, meanIou: 1 });
      }),
    );
  });

  it('takes a true face before one that is to be ignored', () => {
    const face = imageRect(0, 0, 100, 100);
    const nearby = imageRect(10, 0, 100, 100);
    const faces: TruthBox[] = [{ bound: nearby, ignored: 'one' }, { bound: face }];
    expect(compareBoxes([nearby], faces, 0.5)).toEqual({
      pairs: [{ a: 0, b: 1, iou: expect.closeTo(0.818, 3) }],
      missed: [],
      wrong: [],
      ignored: [],
    });
    expect(compareBoxes([nearby, nearby], faces, 0.5)).toMatchObject({ missed: [], wrong: [], ignored: [1] });
  });

  it('takes any number of boxes within a crowd for neither right nor wrong', () => {
    const crowd: TruthBox = { bound: imageRect(0, 0, 1000, 300), ignored: 'crowd' };
    const heads = [imageRect(10, 10, 40, 50), imageRect(200, 30, 40, 50), imageRect(990, 10, 40, 50)];
    expect(compareBoxes(heads, [crowd], 0.5)).toMatchObject({ ignored: [0, 1], wrong: [2], missed: [] });
  });
});

describe('figures', () => {
  // The set that CHECK's pictures tell of: 194 found, 195 in the truth, 189 of them the same.
  const set = { right: 189, wrong: 5, missed: 6, measured: 189, overlap: 189 * 0.89 };

  it('are those worked out by hand', () => {
    const { precision, recall, f1, meanIou } = figuresOf(set);
    expect([precision, recall, f1].map(formatShare)).toEqual(['97.4 %', '96.9 %', '97.2 %']);
    expect(formatIou(meanIou)).toBe('0.89');
  });

  it('are no figures where there is nothing to divide by', () => {
    const none = figuresOf(tallyOf(compareBoxes([], [], 0.5)));
    expect(Object.values(none)).toEqual([undefined, undefined, undefined, undefined]);
    expect([formatShare(none.f1), formatIou(none.meanIou)]).toEqual(['–', '–']);
    const missedAll = figuresOf(tallyOf(compareBoxes([], [{ bound: imageRect(0, 0, 9, 9) }], 0.5)));
    expect(missedAll).toEqual({ precision: undefined, recall: 0, f1: 0, meanIou: undefined });
  });
});

test('a face is in the class of its shorter side', () => {
  const classOf = (side: number) => sizeClassOf(imageRect(0, 0, side, 500));
  expect([19.9, 20, 39.9, 40, 79, 80, 159, 160, 400].map(classOf)).toEqual([
    'under 20 px',
    '20 to 39 px',
    '20 to 39 px',
    '40 to 79 px',
    '40 to 79 px',
    '80 to 159 px',
    '80 to 159 px',
    '160 px and more',
    '160 px and more',
  ]);
  fc.assert(
    fc.property(box, (one) => {
      const holding = SIZE_CLASSES.filter(
        ({ from, below }) => Math.min(one.width, one.height) >= from && Math.min(one.width, one.height) < below,
      );
      expect(holding.map(({ name }) => name)).toEqual([sizeClassOf(one)]);
    }),
  );
});
