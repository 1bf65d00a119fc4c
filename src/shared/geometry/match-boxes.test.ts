import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoxMatch, matchBoxes } from './match-boxes.ts';
import { iou } from './rect.ts';
import { type ImageRect, imageRect } from './spaces.ts';

/** Few places and sizes, so that overlaps, equal sums and equal boxes are the rule. */
const box = fc
  .record({
    x: fc.integer({ min: 0, max: 6 }),
    y: fc.integer({ min: 0, max: 4 }),
    width: fc.integer({ min: 2, max: 6 }),
    height: fc.integer({ min: 2, max: 6 }),
  })
  .map(({ x, y, width, height }) => imageRect(x * 10, y * 10, width * 10, height * 10));
const boxes = fc.array(box, { maxLength: 6 });
const threshold = fc.constantFrom(0.01, 0.2, 0.3, 0.5, 0.7, 0.9, 1);

/** Number of pairs and sum of IoU of the best of all assignments, by trying them all. */
function bestByTrying(a: readonly ImageRect[], b: readonly ImageRect[], from: number) {
  let best = { pairs: 0, sum: 0 };
  const go = (index: number, free: readonly number[], pairs: number, sum: number): void => {
    const one = a[index];
    if (one === undefined) {
      if (pairs > best.pairs || (pairs === best.pairs && sum > best.sum)) best = { pairs, sum };
      return;
    }
    go(index + 1, free, pairs, sum);
    for (const other of free) {
      const overlap = iou(one, b[other] ?? one);
      if (overlap < from || overlap === 0) continue;
      go(
        index + 1,
        free.filter((each) => each !== other),
        pairs + 1,
        sum + overlap,
      );
    }
  };
  go(0, [...b.keys()], 0, 0);
  return best;
}

const sumOf = ({ pairs }: BoxMatch) => pairs.reduce((sum, pair) => sum + pair.iou, 0);

/** The pairs by what they are, not by where they stand: equal boxes are the same. */
const pairsByPlace = (match: BoxMatch, a: readonly ImageRect[], b: readonly ImageRect[]) =>
  match.pairs.map((pair) => JSON.stringify([a[pair.a], b[pair.b]])).sort();

describe('matching boxes', () => {
  it('finds as many pairs, and as much overlap, as trying everything does', () => {
    fc.assert(
      fc.property(boxes, boxes, threshold, (a, b, from) => {
        const match = matchBoxes(a, b, from);
        const best = bestByTrying(a, b, from);
        expect(match.pairs).toHaveLength(best.pairs);
        expect(sumOf(match)).toBeCloseTo(best.sum, 6);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives every box at most one partner, that overlaps enough, and tells the rest', () => {
    fc.assert(
      fc.property(boxes, boxes, threshold, (a, b, from) => {
        const { pairs, onlyA, onlyB } = matchBoxes(a, b, from);
        expect([...pairs.map((pair) => pair.a), ...onlyA].sort()).toEqual([...a.keys()]);
        expect([...pairs.map((pair) => pair.b), ...onlyB].sort()).toEqual([...b.keys()]);
        for (const pair of pairs) {
          const [one, other] = [a[pair.a], b[pair.b]];
          expect(one !== undefined && other !== undefined && iou(one, other)).toBe(pair.iou);
          expect(pair.iou).toBeGreaterThanOrEqual(from);
        }
      }),
    );
  });

  it('does not mind which list is which', () => {
    fc.assert(
      fc.property(boxes, boxes, threshold, (a, b, from) => {
        const there = matchBoxes(a, b, from);
        const back = matchBoxes(b, a, from);
        const turned = { ...back, pairs: back.pairs.map((pair) => ({ ...pair, a: pair.b, b: pair.a })) };
        expect(pairsByPlace(turned, a, b)).toEqual(pairsByPlace(there, a, b));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not mind the order of the boxes', () => {
    const withOrder = boxes.chain((list) =>
      fc.record({
        list: fc.constant(list),
        shuffled: fc.shuffledSubarray(list, { minLength: list.length }),
      }),
    );
    fc.assert(
      fc.property(withOrder, withOrder, threshold, (a, b, from) => {
        const here = matchBoxes(a.list, b.list, from);
        const there = matchBoxes(a.shuffled, b.shuffled, from);
        expect(pairsByPlace(there, a.shuffled, b.shuffled)).toEqual(pairsByPlace(here, a.list, b.list));
      }),
      { numRuns: 1000 },
    );
  });

  it('pairs every box with itself', () => {
    fc.assert(
      fc.property(fc.uniqueArray(box, { maxLength: 6, selector: (each) => JSON.stringify(each) }), (a) => {
        expect(matchBoxes(a, a, 0.5).pairs).toEqual([...a.keys()].map((index) => ({ a: index, b: index, iou: 1 })));
      }),
    );
  });

  it('gives up the best pair for one pair more', () => {
    // The middle box overlaps both; taking the better one for it would leave the left one alone.
    const left = imageRect(0, 0, 100, 100);
    const middle = imageRect(20, 0, 100, 100);
    const right = imageRect(30, 0, 100, 100);
    const far = imageRect(50, 0, 100, 100);
    expect(matchBoxes([middle, far], [right, left], 0.5).pairs.map(({ a, b }) => [a, b])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('breaks a tie by position: the left one of two that overlap equally', () => {
    const one = imageRect(100, 0, 100, 100);
    const [left, right] = [imageRect(90, 0, 100, 100), imageRect(110, 0, 100, 100)];
    expect(matchBoxes([one], [right, left], 0.5).pairs).toMatchObject([{ a: 0, b: 1 }]);
    expect(matchBoxes([one], [left, right], 0.5).pairs).toMatchObject([{ a: 0, b: 0 }]);
  });

  it('pairs nothing with nothing, and not with what only touches', () => {
    expect(matchBoxes([], [], 0.5)).toEqual({ pairs: [], onlyA: [], onlyB: [] });
    const beside = matchBoxes([imageRect(0, 0, 10, 10)], [imageRect(10, 0, 10, 10)], 0);
    expect(beside).toEqual({ pairs: [], onlyA: [0], onlyB: [0] });
  });

  it('is done with five hundred boxes on one place', () => {
    const crowd = Array.from({ length: 500 }, (_, index) => imageRect(index % 5, Math.floor(index / 5) % 5, 100, 100));
    expect(matchBoxes(crowd, crowd.toReversed(), 0.3).pairs).toHaveLength(500);
  });
});
