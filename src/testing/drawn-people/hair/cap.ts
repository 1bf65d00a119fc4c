import type { HeadLine } from '../head.ts';
import { mirrored, outline, type Point, path } from '../svg.ts';
import { type HairLayers, hairShadow, roundHairline, type Strands, skull, strandLines } from './strands.ts';

/** Parted at the picture's left, combed to the right. */
const sweptHairline = ({ temple }: HeadLine): Point[] => [
  [temple - 1.2, 6],
  [temple - 3.4, -6],
  [temple - 5.4, -17],
  [24, -25],
  [12, -27.4],
  [-1, -31],
  [-12, -37.5],
  [-21, -32],
  [-temple + 6, -20],
  [-temple + 3.4, -7],
  [-temple + 1.2, 6],
];

/** Parted like the swept one, lower on the forehead and before the ears. */
const pixieHairline = ({ temple }: HeadLine): Point[] => [
  [temple - 0.4, 11],
  [temple - 2.2, -2],
  [temple - 4.4, -13],
  [22, -20.5],
  [9, -22.4],
  [-4, -26.5],
  [-14, -33.5],
  [-22, -28],
  [-temple + 5, -15],
  [-temple + 2.2, -3],
  [-temple + 0.4, 11],
];

/** Short hair close to the skull: `volume` above it, before the person's own, down to the hairline. */
function cap(strands: Strands, { volume, hairline }: { volume: number; hairline: Point[] }): HairLayers {
  const { paint, person, head } = strands;
  const right = skull(head, volume * person.hair.volume, 2);
  const outer = [...mirrored(right).slice(0, -1), ...right];
  const top = outer.slice(2, -2);
  const low: Point[] = hairline.slice(2, -2).reverse();
  const step = (low.length - 1) / (top.length - 1);
  const matched = top.map((_, index): Point => low[Math.round(index * step)] ?? [0, -33]);
  return {
    front: [
      hairShadow(strands, hairline),
      path(outline(outer, hairline), { fill: paint.hair }),
      strandLines(paint, top, matched, [0.2, 0.36, 0.54, 0.7, 0.86]),
    ].join(''),
  };
}

/** Cropped evenly. */
export const crop = (strands: Strands): HairLayers =>
  cap(strands, { volume: 2.6, hairline: roundHairline(strands.head, 0) });

/** Parted at the side. */
export const sidePart = (strands: Strands): HairLayers =>
  cap(strands, { volume: 5.4, hairline: sweptHairline(strands.head) });

/** Parted at the side, combed into the forehead. */
export const pixie = (strands: Strands): HairLayers =>
  cap(strands, { volume: 5.6, hairline: pixieHairline(strands.head) });
