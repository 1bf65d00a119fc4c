import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagePoint } from '#shared/geometry/spaces.ts';
import { applySimilarity, fitSimilarity, invertSimilarity, type Similarity } from './similarity.ts';

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });
const point = fc.tuple(coordinate, coordinate).map(([x, y]) => imagePoint(x, y));
const similarity: fc.Arbitrary<Similarity> = fc
  .record({
    scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
    turn: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    dx: coordinate,
    dy: coordinate,
  })
  .map(({ scale, turn, dx, dy }) => ({ a: scale * Math.cos(turn), b: scale * Math.sin(turn), dx, dy }));

const expectClose = (a: { x: number; y: number }, b: { x: number; y: number }): void => {
  expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(1e-5);
};

describe('a similarity', () => {
  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(similarity, point, (there, start) => {
        expectClose(applySimilarity(invertSimilarity(there), applySimilarity(there, start)), start);
      }),
    );
  });

  it('is found again from where it takes points to', () => {
    fc.assert(
      fc.property(similarity, fc.array(point, { minLength: 2, maxLength: 8 }), (truth, points) => {
        const [first] = points;
        fc.pre(points.some(({ x, y }) => Math.hypot(x - (first?.x ?? 0), y - (first?.y ?? 0)) > 1));
        const fitted = fitSimilarity(
          points,
          points.map((one) => applySimilarity(truth, one)),
        );
        expect(fitted).toBeDefined();
        if (fitted === undefined) return;
        for (const one of points) expectClose(applySimilarity(fitted, one), applySimilarity(truth, one));
      }),
    );
  });

  it('is the best of its kind: no small change of it comes nearer to the targets', () => {
    const from = [imagePoint(0, 0), imagePoint(10, 1), imagePoint(4, 9), imagePoint(-3, 5)];
    const to = [imagePoint(2, 1), imagePoint(20, -7), imagePoint(19, 16), imagePoint(-1, 12)];
    const distance = (candidate: Similarity): number =>
      from.reduce((sum, one, index) => {
        const image = applySimilarity(candidate, one);
        const target = to[index] ?? imagePoint(Number.NaN, Number.NaN);
        return sum + (image.x - target.x) ** 2 + (image.y - target.y) ** 2;
      }, 0);
    const best = fitSimilarity(from, to);
    if (best === undefined) throw new Error('nothing fitted');
    for (const key of ['a', 'b', 'dx', 'dy'] as const) {
      for (const step of [-0.01, 0.01]) {
        expect(distance({ ...best, [key]: best[key] + step })).toBeGreaterThan(distance(best));
      }
    }
  });

  it('cannot be found from points that are all in one place', () => {
    const place = imagePoint(3, 4);
    expect(fitSimilarity([place, place], [imagePoint(0, 0), imagePoint(1, 1)])).toBeUndefined();
  });
});
