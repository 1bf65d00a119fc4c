import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rectToStage } from '#face-canvas/model/viewport.ts';
import { type ImageRect, imageRect, type Size, type StageRect, stageRect } from '#shared/geometry/spaces.ts';
import { isTold, type NumberPlan, placeNumbers } from './number-places.ts';
import { overviewParts, planPart } from './show-plan.ts';

const CAPTION = 130;
const SCREENS: readonly (readonly [string, Size])[] = [
  ['a projector', { width: 1440, height: 900 }],
  ['a laptop', { width: 1024, height: 768 }],
  ['a phone', { width: 390, height: 844 }],
];

type Picture = { readonly size: Size; readonly faces: readonly ImageRect[] };

/** As many faces in rows and columns as asked for, from edge to edge. */
const grid = (size: Size, columns: number, rows: number, share: number): Picture => ({
  size,
  faces: Array.from({ length: columns * rows }, (_, index) => {
    const cell = { width: size.width / columns, height: size.height / rows };
    const [width, height] = [cell.width * share, cell.height * share];
    const column = index % columns;
    const row = Math.floor(index / columns);
    // The outermost touch the picture's edges.
    const x = columns === 1 ? 0 : (column / (columns - 1)) * (size.width - width);
    const y = rows === 1 ? 0 : (row / (rows - 1)) * (size.height - height);
    return imageRect(x, y, width, height);
  }),
});

const PICTURES: readonly (readonly [string, Picture])[] = [
  ['a crowd of 52', grid({ width: 2400, height: 1500 }, 13, 4, 0.62)],
  ['a crowd of 52, shoulder to shoulder', grid({ width: 2400, height: 900 }, 13, 4, 0.9)],
  ['a tall picture of 800 × 6000', grid({ width: 800, height: 6000 }, 3, 10, 0.5)],
  ['a wide picture of 8000 × 1000', grid({ width: 8000, height: 1000 }, 15, 2, 0.5)],
  ['a tall picture with a crowd of 52', grid({ width: 800, height: 6000 }, 4, 13, 0.8)],
  ['a wide picture with a crowd of 52', grid({ width: 8000, height: 1000 }, 26, 2, 0.8)],
  ['four faces in the corners', grid({ width: 1200, height: 800 }, 2, 2, 0.4)],
  ['one face that is all of it', grid({ width: 800, height: 800 }, 1, 1, 1)],
];

type Planned = {
  readonly plan: NumberPlan;
  /** Numbers that are told, in the order of their places. */
  readonly told: readonly number[];
  /** All that is seen, with and without a number. */
  readonly boxes: readonly StageRect[];
  readonly bounds: StageRect;
};

/** Each part in which the picture is shown. */
function plansOf(screen: Size, { size, faces }: Picture): readonly Planned[] {
  return overviewParts(screen, CAPTION, size, faces).map((part) => {
    const { viewport } = planPart(screen, CAPTION, size, part);
    const bounds = stageRect(0, 0, screen.width, screen.height - CAPTION);
    const boxes = faces.map((face) => rectToStage(viewport, face));
    const requests = boxes
      .map((box, index) => ({ box, label: String(index + 1) }))
      .filter(({ box }) => isTold(box, bounds));
    const others = boxes.filter((box) => !isTold(box, bounds));
    return {
      plan: placeNumbers(requests, bounds, others),
      told: requests.map(({ label }) => Number(label)),
      boxes,
      bounds,
    };
  });
}

const overlap = (a: StageRect, b: StageRect): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
};

describe.each(SCREENS)('before an audience, on %s', (_, screen) => {
  test.each(PICTURES)('no number of %s is hidden, cut off or over a face', (_name, picture) => {
    const plans = plansOf(screen, picture);
    expect(new Set(plans.flatMap(({ told }) => told)).size).toBe(picture.faces.length);
    for (const { plan, told, boxes, bounds } of plans) {
      expect(plan.places).toHaveLength(told.length);
      expect(plan.font).toBeGreaterThanOrEqual(13);
      for (const [index, { badge }] of plan.places.entries()) {
        expect(badge.width).toBeGreaterThan(0);
        expect(badge.x).toBeGreaterThanOrEqual(bounds.x);
        expect(badge.y).toBeGreaterThanOrEqual(bounds.y);
        expect(badge.x + badge.width).toBeLessThanOrEqual(bounds.x + bounds.width + 1e-6);
        expect(badge.y + badge.height).toBeLessThanOrEqual(bounds.y + bounds.height + 1e-6);
        for (const other of plan.places.slice(index + 1)) expect(overlap(badge, other.badge)).toBe(0);
        for (const box of boxes) expect(overlap(badge, box)).toBeLessThanOrEqual(0.1 * box.width * box.height + 1e-6);
      }
    }
  });
});

test.each(SCREENS)(
  'on %s no line is needed to tell whose a number is, in a crowd as dense as people stand',
  (_, screen) => {
    const rows = grid({ width: 2400, height: 1600 }, 11, 6, 0.55);
    const lines = plansOf(screen, rows).flatMap(({ plan }) => plan.places.filter(({ line }) => line !== undefined));
    expect(lines).toEqual([]);
  },
);

test('four numbers on a projector are read from the last row: a twentieth of the screen and more', () => {
  const screen = { width: 1440, height: 900 };
  const [planned] = plansOf(screen, grid({ width: 1600, height: 900 }, 4, 1, 0.4));
  expect(planned?.plan.font).toBeGreaterThan(screen.height / 20);
});

test('a number that stands apart is led to its face by a line', () => {
  const boxes = Array.from({ length: 60 }, (_, index) =>
    stageRect(300 + (index % 10) * 12, 200 + Math.floor(index / 10) * 12, 11, 11),
  );
  const requests = boxes.map((box, index) => ({ box, label: String(index + 1) }));
  const { places } = placeNumbers(requests, stageRect(0, 0, 900, 600));
  const apart = places.flatMap(({ line }, index) => (line === undefined ? [] : [{ line, box: boxes[index] }]));
  expect(apart.length).toBeGreaterThan(20);
  for (const { line, box } of apart) {
    // It ends at the box and does not cross the face.
    const { x, y, width, height } = box ?? stageRect(0, 0, 0, 0);
    const [dx, dy] = [Math.abs(line.to.x - (x + width / 2)), Math.abs(line.to.y - (y + height / 2))];
    expect(Math.max(dx / (width / 2), dy / (height / 2))).toBeCloseTo(1, 5);
    expect(Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y)).toBeGreaterThan(17);
  }
  for (const [index, { badge }] of places.entries())
    for (const other of places.slice(index + 1)) expect(overlap(badge, other.badge)).toBe(0);
});

test('any crowd up to a hundred gets all its numbers, none over another', () => {
  const side = fc.integer({ min: 12, max: 160 });
  const box = fc
    .record({ x: fc.integer({ min: 0, max: 1200 }), y: fc.integer({ min: 0, max: 640 }), width: side, height: side })
    .map(({ x, y, width, height }) => stageRect(x, y, width, height));
  const bounds = stageRect(0, 0, 1440, 770);
  fc.assert(
    fc.property(fc.array(box, { maxLength: 100 }), (boxes) => {
      const { places } = placeNumbers(
        boxes.map((each, index) => ({ box: each, label: String(index + 1) })),
        bounds,
      );
      expect(places).toHaveLength(boxes.length);
      for (const [index, { badge }] of places.entries()) {
        expect(badge.x).toBeGreaterThanOrEqual(0);
        expect(badge.x + badge.width).toBeLessThanOrEqual(1440 + 1e-6);
        for (const other of places.slice(index + 1)) expect(overlap(badge, other.badge)).toBe(0);
      }
    }),
    { numRuns: 20 },
  );
});
