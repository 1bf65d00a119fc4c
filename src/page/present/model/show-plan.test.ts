import { describe, expect, test } from 'vitest';
import { rectToStage } from '#face-canvas/model/viewport.ts';
import { imageRect, type Size, stageRect } from '#shared/geometry/spaces.ts';
import { planShow } from './show-plan.ts';

const SCREENS: readonly (readonly [string, Size])[] = [
  ['a projector', { width: 1440, height: 900 }],
  ['a laptop', { width: 1024, height: 768 }],
  ['a phone', { width: 390, height: 844 }],
];
const CAPTION = 130;
const photo: Size = { width: 4000, height: 3000 };
const faceOf = (plan: ReturnType<typeof planShow>, face: ReturnType<typeof imageRect>) =>
  rectToStage(plan.viewport, face);

describe.each(SCREENS)('on %s', (_, screen) => {
  test('the whole picture is shown without a face, above the words', () => {
    const { viewport, crop } = planShow(screen, CAPTION, photo, undefined);
    const whole = rectToStage(viewport, imageRect(0, 0, photo.width, photo.height));
    expect(whole.x).toBeGreaterThanOrEqual(0);
    expect(whole.x + whole.width).toBeLessThanOrEqual(screen.width);
    expect(whole.y).toBeGreaterThanOrEqual(0);
    expect(whole.y + whole.height).toBeLessThanOrEqual(screen.height - CAPTION + 1e-6);
    expect(crop).toBeUndefined();
  });

  test('a face is a third of the screen high, or as wide as a narrow one allows, in the middle above the words', () => {
    const face = imageRect(1900, 1400, 160, 200);
    const plan = planShow(screen, CAPTION, photo, face);
    const shown = faceOf(plan, face);
    expect(Math.max(shown.height / (screen.height / 3), shown.width / (0.6 * screen.width))).toBeCloseTo(1, 1);
    expect(shown.x + shown.width / 2).toBeCloseTo(screen.width / 2, 5);
    expect(shown.y + shown.height).toBeLessThan(screen.height - CAPTION);
    expect(plan.crop).toBeUndefined();
  });

  test('a small face goes to 400 % of its pixels and no further, and stands large beside the picture', () => {
    const face = imageRect(2000, 1500, 20, 25);
    const { viewport, crop, framing } = planShow(screen, CAPTION, photo, face);
    expect(viewport.scale).toBe(4);
    const place = crop?.place ?? stageRect(0, 0, 0, 0);
    expect(place.height).toBeGreaterThan(screen.height / 4);
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.x + place.width).toBeLessThanOrEqual(screen.width);
    expect(place.y + place.height).toBeLessThanOrEqual(screen.height - CAPTION);
    const { room } = framing;
    // What is left ends where the words begin, as the whole does.
    expect(room.y + room.height).toBeLessThanOrEqual(screen.height - CAPTION + 1e-6);
    expect(room.x + room.width).toBeLessThanOrEqual(screen.width + 1e-6);
    const isBeside = room.x + room.width <= place.x || room.y >= place.y + place.height;
    expect(isBeside).toBe(true);
    const shown = rectToStage(viewport, face);
    expect(shown.x + shown.width / 2).toBeCloseTo(room.x + room.width / 2, 5);
    expect(shown.y + shown.height / 2).toBeCloseTo(room.y + room.height / 2, 5);
  });

  test('a face at any edge of the picture is in sight as a whole', () => {
    for (const [x, y] of [
      [0, 0],
      [3840, 0],
      [0, 2800],
      [3840, 2800],
    ] as const) {
      const face = imageRect(x, y, 160, 200);
      const shown = faceOf(planShow(screen, CAPTION, photo, face), face);
      expect(shown.x).toBeGreaterThanOrEqual(-1e-6);
      expect(shown.y).toBeGreaterThanOrEqual(-1e-6);
      expect(shown.x + shown.width).toBeLessThanOrEqual(screen.width + 1e-6);
      expect(shown.y + shown.height).toBeLessThanOrEqual(screen.height - CAPTION + 1e-6);
    }
  });

  test('a portrait that fills the picture is shown whole', () => {
    const portrait = { width: 600, height: 800 };
    const plan = planShow(screen, CAPTION, portrait, imageRect(60, 60, 480, 640));
    expect(plan.viewport).toEqual(planShow(screen, CAPTION, portrait, undefined).viewport);
  });
});

test('the head is cut with hair and chin, as far as the picture goes', () => {
  const { crop } = planShow({ width: 1440, height: 900 }, CAPTION, photo, imageRect(0, 1500, 20, 24));
  expect(crop?.bound.x).toBe(0);
  expect(crop?.bound.height).toBeGreaterThan(40);
});
