import { group, loop, mirrored, outline, type Point, path, symmetric } from '../svg.ts';
import { type HairLayers, hairShadow, type Strands, strand, strandLines } from './strands.ts';

/** One cut of hair that hangs beside the face. */
type Hanging = {
  /** Height of the tips. */
  readonly length: number;
  /** Half the width at the widest. */
  readonly width: number;
  /** Distance of the tips from the middle. */
  readonly tips: number;
  /** Where the hair is parted, to the right of the middle. */
  readonly part: number;
  /** How far it swings out and in; straight when left out. */
  readonly wave?: number;
  /** Cut off straight beside the jaw; otherwise it falls over the shoulders to a point. */
  readonly blunt?: boolean;
};

/** The edges of hair that hangs beside the face on the picture's right: outer and inner, part to tips. */
function curtain(
  { length, width, tips, part, wave = 0, blunt = false }: Hanging,
  temple: number,
): { outer: Point[]; inner: Point[] } {
  const low = blunt ? length - 8 : length - 16;
  const middle = 16 + (low - 16) * 0.5;
  return {
    outer: [
      [part, -55.5],
      [part * 0.4 + 15, -54.5],
      [width - 10, -43.5],
      [width - 2, -19],
      [width + wave, 16],
      [width - wave * 0.7, middle],
      [width + wave, low],
      [tips, length],
    ],
    inner: [
      [part, -39.5],
      [part * 0.5 + 13, -35.5],
      [temple - 6.5, -24],
      [temple - 3, -9],
      [temple - 1.6 + wave * 0.3, blunt ? 10 : 14],
      [blunt ? temple - 2 : temple - 5 - wave * 0.4, middle],
      [blunt ? temple - 3.4 : temple - 11 + wave * 0.5, low],
      [blunt ? temple - 7 : tips, length - (blunt ? 1.5 : 0)],
    ],
  };
}

/** Hair from a parting down both sides of the face, and what is seen of it behind the neck. */
function hanging(strands: Strands, plan: Hanging): HairLayers {
  const { paint, head } = strands;
  const right = curtain(plan, head.temple);
  const left = curtain({ ...plan, part: -plan.part }, head.temple);
  const side = ({ outer, inner }: { outer: Point[]; inner: Point[] }, mirror: boolean): string =>
    group(
      mirror ? { transform: 'scale(-1 1)' } : {},
      path(outline(outer, [...inner].reverse()), { fill: paint.hair }),
      strandLines(paint, outer, inner, [0.18, 0.34, 0.5, 0.68, 0.84]),
    );
  const shadowLine: Point[] = [...mirrored(left.inner.slice(0, 5)), ...right.inner.slice(0, 5)];
  const backWidth = plan.width - 1;
  const backLength = Math.min(plan.length, 84);
  return {
    back: path(
      loop(
        symmetric([
          [0, -54],
          [20, -52],
          [backWidth - 5, -38],
          [backWidth, -10],
          [backWidth, backLength * 0.6],
          [backWidth - 6, backLength],
          [0, backLength + 2],
        ]),
      ),
      { fill: paint.hairBack },
    ),
    front: hairShadow(strands, [...shadowLine].reverse()) + side(left, true) + side(right, false),
  };
}

/** Hanging hair whose front is cut straight above the brows. */
function withFringe(strands: Strands, plan: Hanging): HairLayers {
  const { paint, head } = strands;
  const { back, front } = hanging(strands, plan);
  const top: Point[] = [
    [-33, -32],
    [-21, -49],
    [0, -54],
    [21, -49],
    [33, -32],
  ];
  const low: Point[] = [
    [head.temple - 3, -11],
    [22, -17.5],
    [10, -19.6],
    [0, -19],
    [-11, -20],
    [-22, -17.2],
    [-head.temple + 3, -11],
  ];
  const roots: Point[] = [
    [-22, -47],
    [-14, -50],
    [-5, -52],
    [5, -52],
    [14, -50],
    [22, -47],
  ];
  const tips: Point[] = [
    [-26, -18],
    [-16, -20.5],
    [-5.5, -20.8],
    [5.5, -20.8],
    [16, -20.5],
    [26, -18],
  ];
  return {
    back,
    front: [
      hairShadow(strands, [[head.temple, -8], ...low, [-head.temple, -8]]),
      path(outline(top, low), { fill: paint.hair }),
      ...roots.map((root, index) => {
        const tip = tips[index] ?? root;
        return strand(paint, index, [root, [(root[0] + tip[0] * 1.3) / 2, -35], tip]);
      }),
      front,
    ].join(''),
  };
}

/** Cut at the jaw. */
export const bob = (strands: Strands): HairLayers =>
  hanging(strands, { length: 46, width: 43, tips: 36, part: -7, blunt: true });

/** Cut at the jaw, with a fringe. */
export const fringeBob = (strands: Strands): HairLayers =>
  withFringe(strands, { length: 43, width: 43, tips: 37, part: 0, blunt: true });

/** Straight over the shoulders. */
export const longStraight = (strands: Strands): HairLayers =>
  hanging(strands, { length: 108, width: 42, tips: 31, part: 3 });

/** In waves over the shoulders. */
export const longWavy = (strands: Strands): HairLayers =>
  hanging(strands, { length: 104, width: 44.5, tips: 37, part: -9, wave: 2.6 });

/** Straight over the shoulders, with a fringe. */
export const longFringe = (strands: Strands): HairLayers =>
  withFringe(strands, { length: 98, width: 42, tips: 31, part: 0 });
