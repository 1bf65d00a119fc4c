import type { ImagePoint } from '#shared/geometry/spaces.ts';

/**
 * A turn, a uniform scale and a shift: `x′ = a·x − b·y + dx`, `y′ = b·x + a·y + dy`. No reflection, no shear.
 */
export type Similarity = { readonly a: number; readonly b: number; readonly dx: number; readonly dy: number };

/**
 * The similarity that takes the points `from` nearest to the points `to`, in the sense of least squares. Undefined
 * when `from` is a single place.
 * Umeyama, "Least-squares estimation of transformation parameters between two point patterns" (1991), in two
 * dimensions, where with complex numbers it is one division: (a + bi) = Σ conj(from)·to / Σ |from|², about the means.
 */
export function fitSimilarity(from: readonly ImagePoint[], to: readonly ImagePoint[]): Similarity | undefined {
  const fromMean = mean(from);
  const toMean = mean(to);
  let spread = 0;
  let real = 0;
  let imaginary = 0;
  from.forEach((point, index) => {
    const target = to[index] ?? toMean;
    const x = point.x - fromMean.x;
    const y = point.y - fromMean.y;
    const u = target.x - toMean.x;
    const v = target.y - toMean.y;
    spread += x * x + y * y;
    real += x * u + y * v;
    imaginary += x * v - y * u;
  });
  const a = real / spread;
  const b = imaginary / spread;
  if (!Number.isFinite(a) || !Number.isFinite(b) || Math.hypot(a, b) === 0) return undefined;
  return { a, b, dx: toMean.x - a * fromMean.x + b * fromMean.y, dy: toMean.y - b * fromMean.x - a * fromMean.y };
}

export const applySimilarity = ({ a, b, dx, dy }: Similarity, { x, y }: ImagePoint): ImagePoint => ({
  x: a * x - b * y + dx,
  y: b * x + a * y + dy,
});

/** The similarity that takes everything back. */
export function invertSimilarity({ a, b, dx, dy }: Similarity): Similarity {
  const square = a * a + b * b;
  const [p, q] = [a / square, -b / square];
  return { a: p, b: q, dx: -(p * dx - q * dy), dy: -(q * dx + p * dy) };
}

function mean(points: readonly ImagePoint[]): ImagePoint {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
