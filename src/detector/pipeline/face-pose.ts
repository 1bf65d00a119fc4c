import type { FacePoseValue } from '#contract/recognize-faces.ts';
import type { ImagePoint } from '#shared/geometry/spaces.ts';

type Vector = readonly [number, number, number];

/**
 * Some of the 68 landmarks (iBUG 300-W order) on a usual face that looks straight ahead: right, down, away from whoever
 * looks at it, from the tip of the nose. In tenths of a millimetre, about: only their proportions count.
 */
const FACE: readonly (readonly [landmark: number, place: Vector])[] = [
  [30, [0, 0, 0]],
  [8, [0, 330, 65]],
  [36, [-225, -170, 135]],
  [45, [225, -170, 135]],
  [48, [-150, 150, 125]],
  [54, [150, 150, 125]],
];

/**
 * Which way a face looks, from its 68 landmarks in the space that the answer is meant for. The face is taken as far away
 * compared to its depth (weak perspective): of all affine views of the usual face the one that fits best by least
 * squares, and of that the turn. Good to about ten degrees. Undefined when the landmarks make no sense.
 */
export function facePose(landmarks: readonly ImagePoint[]): FacePoseValue | undefined {
  const seen = FACE.map(([landmark]) => landmarks[landmark] ?? { x: Number.NaN, y: Number.NaN });
  const middle = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centre = ([0, 1, 2] as const).map((axis) => middle(FACE.map(([, place]) => place[axis])));
  const places = FACE.map(
    ([, place]): Vector => [place[0] - (centre[0] ?? 0), place[1] - (centre[1] ?? 0), place[2] - (centre[2] ?? 0)],
  );
  /** The row of the affine view that gives one coordinate: solves the normal equations by Cramer's rule. */
  const rowFor = (values: readonly number[]): Vector => {
    const mean = middle(values);
    const column = (axis: 0 | 1 | 2): Vector => {
      const sumWith = (other: 0 | 1 | 2) => places.reduce((sum, place) => sum + place[axis] * place[other], 0);
      return [sumWith(0), sumWith(1), sumWith(2)];
    };
    const right = ([0, 1, 2] as const).map((axis) =>
      places.reduce((sum, place, index) => sum + place[axis] * ((values[index] ?? 0) - mean), 0),
    );
    const target: Vector = [right[0] ?? 0, right[1] ?? 0, right[2] ?? 0];
    const [a, b, c] = [column(0), column(1), column(2)];
    const all = dot(a, cross(b, c));
    return [dot(target, cross(b, c)) / all, dot(a, cross(target, c)) / all, dot(a, cross(b, target)) / all];
  };
  const across = unit(rowFor(seen.map(({ x }) => x)));
  const downRow = rowFor(seen.map(({ y }) => y));
  const along = dot(downRow, across);
  const down = unit([downRow[0] - along * across[0], downRow[1] - along * across[1], downRow[2] - along * across[2]]);
  const away = cross(across, down);
  // The turn as one about the upright axis, then one about the line of the ears, then a lean of the head.
  const pose = {
    yaw: degrees(Math.atan2(away[0], away[2])),
    pitch: degrees(-Math.asin(Math.max(-1, Math.min(1, away[1])))),
    roll: degrees(Math.atan2(-across[1], down[1])),
  };
  return Object.values(pose).every(Number.isFinite) ? pose : undefined;
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
function unit(vector: Vector): Vector {
  const length = Math.sqrt(dot(vector, vector));
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}
/** Whole degrees, never a negative zero. */
const degrees = (radians: number): number => Math.round((radians * 180) / Math.PI) + 0;
