import { describe, expect, it } from 'vitest';
import { type ImagePoint, imagePoint } from '#shared/geometry/spaces.ts';
import { facePose } from './face-pose.ts';

/** A usual face in pixels, right, down and away, that looks straight ahead. */
const PLACES = new Map<number, readonly [number, number, number]>([
  [30, [0, 0, 0]],
  [8, [0, 66, 13]],
  [36, [-45, -34, 27]],
  [45, [45, -34, 27]],
  [48, [-30, 30, 25]],
  [54, [30, 30, 25]],
]);

/** Its landmarks when it looks so many degrees to the right of the picture, up, and leans clockwise. */
function landmarksOf({ yaw = 0, pitch = 0, roll = 0 }): ImagePoint[] {
  const [a, b, c] = [yaw, pitch, roll].map((degrees) => (degrees * Math.PI) / 180);
  return Array.from({ length: 68 }, (_, index) => {
    const [x, y, z] = PLACES.get(index) ?? [0, 0, 0];
    // Whatever lies behind the tip of the nose goes the other way.
    const [turnedX, turnedZ] = [
      x * Math.cos(a ?? 0) - z * Math.sin(a ?? 0),
      z * Math.cos(a ?? 0) + x * Math.sin(a ?? 0),
    ];
    const nodded = y * Math.cos(b ?? 0) + turnedZ * Math.sin(b ?? 0);
    const [cos, sin] = [Math.cos(c ?? 0), Math.sin(c ?? 0)];
    return imagePoint(400 + 3 * (cos * turnedX - sin * nodded), 300 + 3 * (sin * turnedX + cos * nodded));
  });
}

describe('which way a face looks', () => {
  it.each([
    { yaw: 0, pitch: 0, roll: 0 },
    { yaw: 35, pitch: 0, roll: 0 },
    { yaw: -20, pitch: 15, roll: 0 },
    { yaw: 0, pitch: -25, roll: 10 },
    { yaw: 10, pitch: 5, roll: -90 },
    { yaw: 0, pitch: 0, roll: 170 },
  ])('is told in whole degrees: %o', (pose) => {
    expect(facePose(landmarksOf(pose))).toEqual(pose);
  });

  it('is not told when all landmarks are in one place', () => {
    expect(facePose(Array.from({ length: 68 }, () => imagePoint(5, 5)))).toBeUndefined();
  });
});
