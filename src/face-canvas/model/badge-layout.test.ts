import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StageRect, stageRect } from '#shared/geometry/spaces.ts';
import {
  BADGE_SLOTS,
  type BadgeRequest,
  badgeAt,
  isInSight,
  layoutBadges,
  MAX_COVERED_SHARE,
  moveInto,
} from './badge-layout.ts';

const BOUNDS = stageRect(0, 0, 1000, 700);
const BADGE = { width: 24, height: 18 };
const request = (x: number, y: number, width: number, height: number): BadgeRequest => ({
  box: stageRect(x, y, width, height),
  ...BADGE,
});
const coordinate = fc.integer({ min: -200, max: 1200 });
const crowds = fc
  .array(fc.tuple(coordinate, coordinate, fc.integer({ min: 3, max: 400 }), fc.integer({ min: 3, max: 400 })), {
    maxLength: 60,
  })
  .map((boxes) => boxes.map(([x, y, width, height]) => request(x, y, width, height)));

const common = (a: StageRect, b: StageRect): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
const placed = (requests: readonly BadgeRequest[], bounds = BOUNDS): StageRect[] => {
  const slots = layoutBadges(requests, bounds);
  return requests.flatMap((each, index) => {
    const slot = slots[index];
    return slot === undefined ? [] : [moveInto(bounds, badgeAt(slot, each))];
  });
};

describe('in any crowd', () => {
  test('badges never leave the bounds', () => {
    fc.assert(
      fc.property(crowds, (requests) => {
        for (const badge of placed(requests)) expect(common(badge, BOUNDS)).toBe(badge.width * badge.height);
      }),
    );
  });

  test('badges never overlap each other', () => {
    fc.assert(
      fc.property(crowds, (requests) => {
        const badges = placed(requests);
        for (const [index, badge] of badges.entries())
          for (const other of badges.slice(index + 1)) expect(common(badge, other)).toBe(0);
      }),
    );
  });

  test('no badge covers more than a tenth of any box in sight', () => {
    fc.assert(
      fc.property(crowds, (requests) => {
        const boxes = requests.map(({ box }) => box).filter((box) => isInSight(BOUNDS, box));
        for (const badge of placed(requests))
          for (const box of boxes)
            expect(common(badge, box)).toBeLessThanOrEqual(MAX_COVERED_SHARE * box.width * box.height);
      }),
    );
  });

  test('a badge lies on its own box only when it is inside', () => {
    fc.assert(
      fc.property(crowds, (requests) => {
        for (const [index, slot] of layoutBadges(requests, BOUNDS).entries()) {
          const own = requests[index];
          if (slot === undefined || slot === 'inside' || own === undefined) continue;
          expect(common(moveInto(BOUNDS, badgeAt(slot, own)), own.box)).toBe(0);
        }
      }),
    );
  });

  test('the same crowd always gets the same layout', () => {
    fc.assert(
      fc.property(crowds, (requests) => {
        expect(layoutBadges(structuredClone(requests), BOUNDS)).toEqual(layoutBadges(requests, BOUNDS));
      }),
    );
  });

  test('a box out of sight gets no badge', () => {
    expect(layoutBadges([request(-300, 10, 100, 100), request(10, 900, 50, 50)], BOUNDS)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test('where there is room every badge is above the top left corner of its box', () => {
  const apart = [request(100, 100, 80, 100), request(400, 100, 80, 100), request(100, 400, 20, 20)];
  expect(layoutBadges(apart, BOUNDS)).toEqual(['above-left', 'above-left', 'above-left']);
});

test('at the upper edge a badge moves beneath a box, however large: inside it would lie on a forehead', () => {
  expect(layoutBadges([request(100, 2, 200, 240)], BOUNDS)).toEqual(['below-left']);
});

test('only where there is no room on any side a badge moves inside', () => {
  expect(layoutBadges([request(10, 10, 980, 680)], BOUNDS)).toEqual(['inside']);
});

test('at the upper edge the badge of a small box moves beneath it instead of hiding it', () => {
  expect(layoutBadges([request(100, 2, 30, 36)], BOUNDS)).toEqual(['below-left']);
});

test('a badge moves aside for one placed before it', () => {
  expect(layoutBadges([request(100, 100, 60, 80), request(110, 96, 60, 80)], BOUNDS)[1]).not.toBe('above-left');
});

test('a face so large that it fills the stage keeps its badge in sight', () => {
  expect(placed([request(-500, -500, 3000, 3000)])).toHaveLength(1);
});

test('the first of the requests chooses first', () => {
  const twins = [request(100, 100, 40, 50), request(100, 100, 40, 50)];
  const [first, second] = layoutBadges(twins, BOUNDS);
  expect(first).toBe('above-left');
  expect(second).not.toBe(first);
});

test('thousands of tiny boxes leave no place, and no badge is better than one that hides faces', () => {
  const packed = Array.from({ length: 2000 }, (_, index) =>
    request((index % 50) * 20, Math.floor(index / 50) * 18, 19, 17),
  );
  expect(placed(packed).length).toBeLessThan(100);
});

test.each(BADGE_SLOTS)('the slot %s touches its box or lies in it', (slot) => {
  const box = stageRect(300, 300, 100, 120);
  const badge = badgeAt(slot, { box, ...BADGE });
  const near = stageRect(box.x - 30, box.y - 24, box.width + 60, box.height + 48);
  expect(common(badge, near)).toBe(badge.width * badge.height);
});
