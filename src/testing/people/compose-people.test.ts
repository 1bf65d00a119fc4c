import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { area, iou, reachesOutside } from '#shared/geometry/rect.ts';
import { composePeople, drawPeople, type PeoplePlan } from './compose-people.ts';

const plans = fc.record({
  seed: fc.integer(),
  width: fc.integer({ min: 300, max: 1200 }),
  height: fc.integer({ min: 300, max: 1200 }),
  count: fc.integer({ min: 0, max: 24 }),
  layout: fc.constantFrom<PeoplePlan['layout'][]>('portrait', 'group', 'crowd'),
});

const group: PeoplePlan = { seed: 4, width: 960, height: 640, count: 12, layout: 'group' };

describe('drawing people', () => {
  it('gives the same picture and the same faces for the same plan, another picture for another seed', async () => {
    const [one, same, other] = [
      await drawPeople(group),
      await drawPeople(group),
      await drawPeople({ ...group, seed: 5 }),
    ];
    expect(same.faces).toEqual(one.faces);
    expect(same.pixels.equals(one.pixels)).toBe(true);
    expect(other.pixels.equals(one.pixels)).toBe(false);
  });

  it('draws an empty landscape for nobody', async () => {
    const { faces, pixels } = await drawPeople({ ...group, count: 0 });
    expect(faces).toEqual([]);
    expect(pixels).toHaveLength(960 * 640 * 3);
  });

  it('places as many faces as asked, whole pixels inside the picture, none over another', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { faces, width, height } = await drawPeople(plan);
        const bounds = faces.map(({ bound }) => bound);
        expect(bounds).toHaveLength(plan.count);
        expect(bounds.filter((bound) => reachesOutside(bound, { width, height }))).toEqual([]);
        expect(bounds.filter(({ x, y, width, height }) => ![x, y, width, height].every(Number.isInteger))).toEqual([]);
        expect(bounds.filter((bound) => area(bound) === 0)).toEqual([]);
        expect(
          bounds.filter((bound, index) => bounds.slice(index + 1).some((other) => iou(bound, other) > 0.1)),
        ).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it.each([12, 40, 120, 400])('puts a face of %i pixels where it was asked for, upright and turned', async (height) => {
    const size = { width: 900, height: 900 };
    for (const turn of [0, 90, 180, 270]) {
      const [face] = (await composePeople(size, [{ x: 450, y: 450, faceHeight: height, who: 3, turn }])).faces;
      const bound = face?.bound ?? { x: 0, y: 0, width: 0, height: 0 };
      expect(Math.abs((turn % 180 === 0 ? bound.height : bound.width) - height)).toBeLessThanOrEqual(1);
      expect(Math.abs(bound.x + bound.width / 2 - 450)).toBeLessThanOrEqual(1);
      expect(Math.abs(bound.y + bound.height / 2 - 450)).toBeLessThanOrEqual(1);
    }
  });

  it('hides the lower part of a face that is covered, and leaves the rest as it was', async () => {
    const place = { x: 300, y: 300, faceHeight: 200, who: 1 };
    const size = { width: 600, height: 600 };
    const plain = await composePeople(size, [place]);
    const covered = await composePeople(size, [{ ...place, covered: 0.5 }]);
    const differing = plain.pixels.reduce((rows, value, at) => {
      if (value !== covered.pixels[at]) rows.add(Math.floor(at / 3 / size.width));
      return rows;
    }, new Set<number>());
    expect(Math.min(...differing)).toBe(300);
    expect(Math.max(...differing)).toBeLessThan(401);
  });
});
