import { describe, expect, test } from 'vitest';
import { rectToStage } from '#face-canvas/model/viewport.ts';
import { type ImageRect, imageRect, type Size, stageRect } from '#shared/geometry/spaces.ts';
import { overviewParts, planFace, planPart } from './show-plan.ts';

const SCREENS: readonly (readonly [string, Size])[] = [
  ['a projector', { width: 1440, height: 900 }],
  ['a laptop', { width: 1024, height: 768 }],
  ['a phone', { width: 390, height: 844 }],
];
const CAPTION = 130;
const photo: Size = { width: 4000, height: 3000 };
const faceOf = (plan: ReturnType<typeof planFace>, face: ImageRect) => rectToStage(plan.viewport, face);
const wholeOf = ({ width, height }: Size) => imageRect(0, 0, width, height);

describe.each(SCREENS)('on %s', (_, screen) => {
  test('the whole picture is shown at first, above the words', () => {
    expect(overviewParts(screen, CAPTION, photo, [])).toEqual([wholeOf(photo)]);
    const { viewport, crop } = planPart(screen, CAPTION, photo, wholeOf(photo));
    const whole = rectToStage(viewport, imageRect(0, 0, photo.width, photo.height));
    expect(whole.x).toBeGreaterThanOrEqual(0);
    expect(whole.x + whole.width).toBeLessThanOrEqual(screen.width);
    expect(whole.y).toBeGreaterThanOrEqual(0);
    expect(whole.y + whole.height).toBeLessThanOrEqual(screen.height - CAPTION + 1e-6);
    expect(crop).toBeUndefined();
  });

  test('a face is a third of the screen high, or as wide as a narrow one allows, in the middle above the words', () => {
    const face = imageRect(1900, 1400, 160, 200);
    const plan = planFace(screen, CAPTION, photo, face);
    const shown = faceOf(plan, face);
    expect(Math.max(shown.height / (screen.height / 3), shown.width / (0.6 * screen.width))).toBeCloseTo(1, 1);
    expect(shown.x + shown.width / 2).toBeCloseTo(screen.width / 2, 5);
    expect(shown.y + shown.height).toBeLessThan(screen.height - CAPTION);
    expect(plan.crop).toBeUndefined();
  });

  test('a small face goes to 400 % of its pixels and no further, and stands large beside the picture', () => {
    const face = imageRect(2000, 1500, 20, 25);
    const { viewport, crop, framing } = planFace(screen, CAPTION, photo, face);
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
      const shown = faceOf(planFace(screen, CAPTION, photo, face), face);
      expect(shown.x).toBeGreaterThanOrEqual(-1e-6);
      expect(shown.y).toBeGreaterThanOrEqual(-1e-6);
      expect(shown.x + shown.width).toBeLessThanOrEqual(screen.width + 1e-6);
      expect(shown.y + shown.height).toBeLessThanOrEqual(screen.height - CAPTION + 1e-6);
    }
  });

  test('a portrait that fills the picture is shown whole', () => {
    const portrait = { width: 600, height: 800 };
    const plan = planFace(screen, CAPTION, portrait, imageRect(60, 60, 480, 640));
    expect(plan.viewport).toEqual(planPart(screen, CAPTION, portrait, wholeOf(portrait)).viewport);
  });

  test.each([
    ['tall', { width: 800, height: 6000 }],
    ['wide', { width: 8000, height: 1000 }],
  ] as const)('a %s picture is gone through in parts, in which each face is once whole and larger', (_name, size) => {
    const isTall = size.height > size.width;
    const faces = Array.from({ length: 40 }, (_each, index) =>
      isTall ? imageRect(60 + (index % 4) * 170, index * 145, 150, 200) : imageRect(index * 195, 100, 160, 220),
    );
    const parts = overviewParts(screen, CAPTION, size, faces);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.length).toBeLessThanOrEqual(6);
    const whole = planPart(screen, CAPTION, size, wholeOf(size)).viewport.scale;
    const isWhole = ({ x, y, width, height }: ImageRect) =>
      parts.some((part) => {
        const { viewport } = planPart(screen, CAPTION, size, part);
        const shown = rectToStage(viewport, imageRect(x, y, width, height));
        const isSeen = shown.x >= 0 && shown.x + shown.width <= screen.width;
        return isSeen && shown.y >= 0 && shown.y + shown.height <= screen.height - CAPTION + 1e-6;
      });
    expect(faces.filter((face) => !isWhole(face))).toEqual([]);
    for (const part of parts) expect(planPart(screen, CAPTION, size, part).viewport.scale).toBeGreaterThan(1.5 * whole);
  });
});

test('the head is cut with hair and chin, as far as the picture goes', () => {
  const { crop } = planFace({ width: 1440, height: 900 }, CAPTION, photo, imageRect(0, 1500, 20, 24));
  expect(crop?.bound.x).toBe(0);
  expect(crop?.bound.height).toBeGreaterThan(40);
});

test('a crowd whose numbers have no room on a phone is gone through in as few parts as will do, each of them larger', () => {
  const phone = { width: 390, height: 844 };
  const faces = Array.from({ length: 64 }, (_, index) =>
    imageRect(60 + (index % 11) * 350, 300 + Math.floor(index / 11) * 440, 190, 250),
  );
  const parts = overviewParts(phone, 230, photo, faces);
  expect(parts).toHaveLength(2);
  const whole = planPart(phone, 230, photo, wholeOf(photo)).viewport.scale;
  for (const part of parts) expect(planPart(phone, 230, photo, part).viewport.scale).toBeGreaterThan(1.5 * whole);
  expect(overviewParts({ width: 1440, height: 900 }, 230, photo, faces), 'on a projector it is seen at once').toEqual([
    wholeOf(photo),
  ]);
  expect(overviewParts(phone, 230, photo, faces.slice(0, 4)), 'a few are seen at once').toEqual([wholeOf(photo)]);
});
