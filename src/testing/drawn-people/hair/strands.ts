import type { HeadLine } from '../head.ts';
import type { Paint } from '../paint.ts';
import type { Person } from '../person.ts';
import { between, mirrored, outline, type Point, path, spline, stroke } from '../svg.ts';

/**
 * Hair in layers: what hangs behind the shoulders, what falls over them but behind the head, and what lies over the
 * face and in front of all.
 */
export type HairLayers = {
  readonly back?: string | undefined;
  readonly middle?: string | undefined;
  readonly front: string;
};

/** What hair of any kind is drawn from. All points are in the coordinates of the head (see `head.ts`). */
export type Strands = { readonly paint: Paint; readonly person: Person; readonly head: HeadLine };

/** Outline of hair over the skull, right half from the top to the ear: `volume` above it, `sides` beside it. */
export const skull = ({ temple }: HeadLine, volume: number, sides: number): Point[] => [
  [0, -50 - volume],
  [19, -46.5 - volume * 0.92],
  [32, -34 - volume * 0.5],
  [temple + sides, -14],
  [temple + sides * 0.7, -1],
];

/** Where hair begins on a forehead without a parting, from the picture's right to its left; `lift` bares more of it. */
export const roundHairline = ({ temple }: HeadLine, lift: number): Point[] => {
  const right: Point[] = [
    [temple - 1.4, 5],
    [temple - 3.6, -6],
    [temple - 5, -18],
    [23.5, -27.5 - lift],
    [12, -31.6 - lift],
    [0, -33 - lift],
  ];
  return [...right, ...mirrored(right).slice(1)];
};

/** The `index`th of several fine lines in the hair: dark and light ones take turns. */
export const strand = ({ hairDark, hairLight }: Paint, index: number, line: readonly Point[], opacity = 0.36): string =>
  stroke(spline(line), index % 2 === 0 ? hairDark : hairLight, 0.9, { 'stroke-opacity': opacity });

/**
 * Fine lines that follow the hair from one edge to the other, at these shares of the way; both edges have equally many
 * points.
 */
export function strandLines(
  paint: Paint,
  from: readonly Point[],
  to: readonly Point[],
  shares: readonly number[],
): string {
  return shares
    .map((share, index) => strand(paint, index, between(from, to, share), index % 2 === 0 ? 0.34 : 0.38))
    .join('');
}

/** Shadow that the hair throws on the forehead, below a line from the picture's right to its left. */
export const hairShadow = ({ person }: Strands, hairline: readonly Point[]): string => {
  const inner = hairline.slice(1, -1);
  const lower = inner.map(([x, y]): Point => [x * 0.95, y + 3.2]);
  return path(outline(inner, [...lower].reverse()), { fill: person.skin.shade, 'fill-opacity': 0.42 });
};
