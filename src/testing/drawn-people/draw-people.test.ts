import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { area, contains, iou, reachesOutside } from '#domain/geometry/rect.ts';
import { type DrawingPlan, drawPeople } from './draw-people.ts';
import { LAYOUTS } from './places.ts';

const plans = fc.record({
  seed: fc.integer(),
  width: fc.integer({ min: 300, max: 4096 }),
  height: fc.integer({ min: 300, max: 4096 }),
  count: fc.integer({ min: 0, max: 200 }),
  layout: fc.constantFrom(...LAYOUTS),
});

const group: DrawingPlan = { seed: 4, width: 960, height: 640, count: 12, layout: 'group' };

describe('drawing people', () => {
  it('gives the same picture and the same faces for the same plan', () => {
    expect(drawPeople(group)).toEqual(drawPeople(group));
  });

  it('gives another picture for another seed', () => {
    expect(drawPeople({ ...group, seed: 5 }).svg).not.toBe(drawPeople(group).svg);
  });

  it('draws an empty landscape for nobody', () => {
    const { svg, faces } = drawPeople({ ...group, count: 0 });
    expect(faces).toEqual([]);
    expect(svg).toMatch(/^<svg [^>]*width="960"[^>]*>.*<\/svg>$/s);
  });

  it('names every gradient and clip once and uses none that is missing', () => {
    const { svg } = drawPeople({ ...group, count: 60, layout: 'crowd' });
    const defined = [...svg.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    const used = new Set([...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id));
    expect(new Set(defined).size).toBe(defined.length);
    expect([...used].filter((id) => !defined.includes(id))).toEqual([]);
  });

  it('never writes a number that is not one', () => {
    expect(drawPeople({ ...group, count: 40, layout: 'crowd' }).svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('places as many faces as asked, whole pixels inside the picture, none over another, landmarks inside each', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { faces, width, height } = drawPeople(plan);
        expect(faces).toHaveLength(plan.count);
        const bounds = faces.map(({ bound }) => bound);
        expect(bounds.filter((bound) => reachesOutside(bound, { width, height }))).toEqual([]);
        expect(bounds.filter(({ x, y, width, height }) => ![x, y, width, height].every(Number.isInteger))).toEqual([]);
        expect(bounds.filter((bound) => area(bound) === 0)).toEqual([]);
        expect(
          faces.filter(({ bound, landmarks }) => !Object.values(landmarks).every((point) => contains(bound, point))),
        ).toEqual([]);
        expect(
          bounds.filter((bound, index) => bounds.slice(index + 1).some((other) => iou(bound, other) > 0.1)),
        ).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});
