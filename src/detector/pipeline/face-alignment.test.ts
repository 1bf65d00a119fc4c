import { describe, expect, it } from 'vitest';
import { type ImagePoint, imagePoint, imageRect } from '#shared/geometry/spaces.ts';
import { alignFace, centreOn, FEATURE_SIDE } from './face-alignment.ts';
import { applySimilarity, type Similarity } from './similarity.ts';

const EYES = { left: [36, 42], right: [42, 48] } as const;

/** 68 landmarks of a schematic face: both eyes, nose tip and mouth corners where people have them. */
function schematicFace(place: Similarity): ImagePoint[] {
  const points = Array.from({ length: 68 }, () => imagePoint(0, 0));
  points.fill(imagePoint(-18, -20), ...EYES.left);
  points.fill(imagePoint(18, -20), ...EYES.right);
  points[30] = imagePoint(0, 0);
  points[48] = imagePoint(-15, 21);
  points[54] = imagePoint(15, 21);
  return points.map((point) => applySimilarity(place, point));
}
const box = imageRect(0, 0, 100, 100);

describe('aligning a face', () => {
  it.each([0, 30, -75, 180])('turns it upright from %i degrees, whatever its size and place', (degrees) => {
    const turn = (degrees * Math.PI) / 180;
    const landmarks = schematicFace({ a: 3 * Math.cos(turn), b: 3 * Math.sin(turn), dx: 700, dy: 400 });
    const alignment = alignFace(landmarks, box, 0);
    const left = applySimilarity(alignment, landmarks[EYES.left[0]] ?? imagePoint(0, 0));
    const right = applySimilarity(alignment, landmarks[EYES.right[0]] ?? imagePoint(0, 0));
    expect(Math.abs(right.y - left.y)).toBeLessThan(1);
    expect(right.x).toBeGreaterThan(left.x + FEATURE_SIDE / 4);
    expect((left.x + right.x) / 2).toBeCloseTo(FEATURE_SIDE / 2, -1);
  });

  it('falls back to the box when the landmarks are all in one place', () => {
    const nowhere = Array.from({ length: 68 }, () => imagePoint(5, 5));
    expect(alignFace(nowhere, box, 0)).toEqual(centreOn(box, FEATURE_SIDE));
    expect(alignFace(nowhere, box, 90)).toEqual(centreOn(box, FEATURE_SIDE, 90));
  });
});

it('lays a box on the middle of a square, its longer side filling it', () => {
  const placed = centreOn(imageRect(10, 20, 50, 100), 200);
  expect(applySimilarity(placed, imagePoint(10, 20))).toEqual({ x: 50, y: 0 });
  expect(applySimilarity(placed, imagePoint(60, 120))).toEqual({ x: 150, y: 200 });
});
