import type { ImagePoint, ImageRect } from '#shared/geometry/spaces.ts';
import { imagePoint } from '#shared/geometry/spaces.ts';
import type { QuarterTurn } from './quarter-turn.ts';
import { fitSimilarity, type Similarity } from './similarity.ts';

/** Side of an aligned face in pixels: more than recognition networks take, and enough for a list on a dense screen. */
export const FEATURE_SIDE = 160;

/**
 * Where the two eyes, the tip of the nose and the corners of the mouth come to lie on a 112×112 aligned face, in
 * pixels. The layout of ArcFace, which most recognition networks share
 * (https://github.com/deepinsight/insightface, `face_align.py`, `arcface_dst`).
 */
const ARCFACE_SIDE = 112;
const ARCFACE_POINTS: readonly ImagePoint[] = [
  imagePoint(38.2946, 51.6963),
  imagePoint(73.5318, 51.5014),
  imagePoint(56.0252, 71.7366),
  imagePoint(41.5493, 92.3655),
  imagePoint(70.7299, 92.2041),
];
const TEMPLATE = ARCFACE_POINTS.map(({ x, y }) =>
  imagePoint((x * FEATURE_SIDE) / ARCFACE_SIDE, (y * FEATURE_SIDE) / ARCFACE_SIDE),
);

/**
 * How a picture is laid onto the aligned face, from its 68 landmarks (iBUG 300-W order, any pixel space). When they
 * make no sense (all in one place) the box is used instead, turned as the picture is to stand upright.
 */
export function alignFace(landmarks: readonly ImagePoint[], box: ImageRect, turn: QuarterTurn): Similarity {
  const centre = (first: number, end: number): ImagePoint => {
    const points = landmarks.slice(first, end);
    const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
    return imagePoint(sum.x / points.length, sum.y / points.length);
  };
  const points = [centre(36, 42), centre(42, 48), centre(30, 31), centre(48, 49), centre(54, 55)];
  return fitSimilarity(points, TEMPLATE) ?? centreOn(box, FEATURE_SIDE, turn);
}

/** Lays the middle of a box on the middle of a square, its longer side filling it, turned clockwise. */
export function centreOn(box: ImageRect, side: number, turn: QuarterTurn = 0): Similarity {
  const scale = side / Math.max(box.width, box.height);
  const a = { 0: scale, 90: 0, 180: -scale, 270: 0 }[turn];
  const b = { 0: 0, 90: scale, 180: 0, 270: -scale }[turn];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return { a, b, dx: side / 2 - a * x + b * y, dy: side / 2 - b * x - a * y };
}
