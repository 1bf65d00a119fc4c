import { ellipse, mirrored, outline, type Point, path, spline, stroke } from '../svg.ts';
import { type HairLayers, hairShadow, roundHairline, type Strands, skull, strand, strandLines } from './strands.ts';

/** Hair combed back tightly: a cap whose strands run from the hairline to the crown. */
function combedBack(strands: Strands, lift: number): string {
  const { paint, head } = strands;
  const right = skull(head, 3.4, 1.6);
  const outer = [...mirrored(right).slice(0, -1), ...right];
  const hairline = roundHairline(head, lift);
  const roots: Point[] = [
    [-27, -22],
    [-19, -30],
    [-10, -33],
    [0, -34],
    [10, -33],
    [19, -30],
    [27, -22],
  ];
  return [
    hairShadow(strands, hairline),
    path(outline(outer, hairline), { fill: paint.hair }),
    ...roots.map(([x, y], index) =>
      strand(paint, index, [
        [x, y],
        [x * 0.78, y - 9],
        [x * 0.42, -51],
      ]),
    ),
  ].join('');
}

/** Tied to a knot on the crown. */
export function bun(strands: Strands): HairLayers {
  const { paint, person } = strands;
  const r = 13 * person.hair.volume;
  return {
    back: [
      ellipse(0, -57, r, r * 0.92, { fill: paint.hair }),
      stroke(
        spline([
          [-r * 0.7, -58],
          [0, -64],
          [r * 0.7, -59],
        ]),
        paint.hairDark,
        1,
        { 'stroke-opacity': 0.4 },
      ),
      stroke(
        spline([
          [-r * 0.5, -54],
          [r * 0.1, -60],
          [r * 0.8, -55],
        ]),
        paint.hairLight,
        1,
        { 'stroke-opacity': 0.35 },
      ),
    ].join(''),
    front: combedBack(strands, 0.5),
  };
}

/** Tied behind; the tail falls over one shoulder. */
export function ponytail(strands: Strands): HairLayers {
  const { paint } = strands;
  const outer: Point[] = [
    [20, 6],
    [40, 20],
    [47, 46],
    [47, 72],
    [37, 100],
  ];
  const inner: Point[] = [
    [14, 22],
    [26, 38],
    [30, 58],
    [30, 78],
    [37, 100],
  ];
  return {
    middle:
      path(outline(outer, [...inner].reverse()), { fill: paint.hair }) +
      strandLines(paint, outer, inner, [0.2, 0.4, 0.6, 0.8]),
    front: combedBack(strands, 0),
  };
}
