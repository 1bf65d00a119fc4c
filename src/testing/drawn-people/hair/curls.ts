import type { Paint } from '../paint.ts';
import { ellipse, mirrored, outline, type Point, path, scallops, spline, stroke, symmetric } from '../svg.ts';
import { type HairLayers, hairShadow, roundHairline, type Strands, skull } from './strands.ts';

/** Points around the skull, clockwise from the left ear over the top to the right ear. */
function arch(rx: number, ry: number, cy: number, count: number, from = -100, to = 100): Point[] {
  return Array.from({ length: count }, (_, index): Point => {
    const angle = ((from + ((to - from) * index) / (count - 1)) * Math.PI) / 180;
    return [Math.sin(angle) * rx, cy - Math.cos(angle) * ry];
  });
}

/** Little arcs that make a surface read as curls. */
const curls = (paint: Paint, points: readonly Point[], size: number): string =>
  points
    .map(([x, y], index) =>
      stroke(
        `M${x - size} ${y}a${size} ${size} 0 0 1 ${size * 2} ${size * 0.3}`,
        index % 3 === 0 ? paint.hairLight : paint.hairDark,
        0.9,
        { 'stroke-opacity': index % 3 === 0 ? 0.4 : 0.5 },
      ),
    )
    .join('');

/** Keeps curls off the face: a clip of everything above a hairline (right to left), out to the given edges. */
function clipAbove(
  { id }: Paint,
  hairline: readonly Point[],
  { right, top, bottom }: { right: number; top: number; bottom: number },
): { readonly definition: string; readonly use: string } {
  const around: Point[] = [
    [-right, bottom],
    [-right, top],
    [right, top],
    [right, bottom],
  ];
  return {
    definition: `<clipPath id="${id}hc">${path(outline(around, hairline), {})}</clipPath>`,
    use: `url(#${id}hc)`,
  };
}

/** Short curls all over. */
export function curlyShort(strands: Strands): HairLayers {
  const { paint, person, head } = strands;
  const v = person.hair.volume;
  const outer = arch(head.temple + 3.4 * v, 46 + 7 * v, -10, 13, -104, 104);
  const line = roundHairline(head, 1);
  const hairline = [...line].reverse();
  const clip = clipAbove(paint, line, { right: 60, top: -90, bottom: 3 });
  const inside: Point[] = arch(27, 33, -12, 7, -62, 62).concat(arch(32, 40, -12, 9, -70, 70));
  const edge = hairline.slice(3, -3);
  return {
    front: [
      hairShadow(strands, hairline),
      path(scallops(outer, 0.58), { fill: paint.hair, 'clip-path': clip.use }),
      clip.definition,
      ...edge.map(([x, y]) => ellipse(x, y - 2.4, 5, 4, { fill: paint.hair })),
      curls(paint, inside, 2.6),
    ].join(''),
  };
}

/** A ball of curls, seen behind the head as well. */
export function afro(strands: Strands): HairLayers {
  const { paint, person, head } = strands;
  const v = Math.min(1, person.hair.volume);
  const ball = arch(46 * v, 48 * v, -22, 17, -148, 148);
  const hairline = roundHairline(head, -0.5);
  const clip = clipAbove(paint, hairline, { right: 70, top: -95, bottom: 2 });
  const right = skull(head, 8, 4);
  const outer = [...mirrored(right).slice(0, -1), ...right];
  const inside = arch(28, 30, -18, 7, -60, 60).concat(arch(36, 38, -20, 10, -78, 78), arch(41, 44, -22, 12, -112, 112));
  return {
    back: path(scallops(ball, 0.56), { fill: paint.hairBack }),
    front: [
      hairShadow(strands, hairline),
      path(outline(outer, hairline), { fill: paint.hair }),
      path(scallops(arch(44 * v, 46 * v, -21, 15, -84, 84), 0.56), { fill: paint.hair, 'clip-path': clip.use }),
      clip.definition,
      curls(paint, inside, 2.4),
    ].join(''),
  };
}

/** Curls over the shoulders. */
export function longCurly(strands: Strands): HairLayers {
  const { paint, person, head } = strands;
  const v = Math.min(1.04, person.hair.volume);
  const w = 46 * v;
  const rightEdge: Point[] = [
    [0, -57],
    [14, -56],
    [27, -50],
    [37, -39],
    [43, -26],
    [w, -12],
    [w + 1, 3],
    [w + 1, 18],
    [w + 1.5, 33],
    [w + 1, 48],
    [w - 1, 62],
    [w - 8, 73],
    [w - 19, 78],
  ];
  const innerRight: Point[] = [
    [w - 19, 78],
    [28, 64],
    [head.temple - 3, 44],
    [head.temple - 2, 24],
    [head.temple - 2.4, 4],
    [head.temple - 4, -12],
    [24, -26],
    [11, -34],
    [-3, -39],
  ];
  const innerLeft: Point[] = [
    [-3, -39],
    [-17, -33],
    [-head.temple + 6, -22],
    [-head.temple + 2.8, -6],
    [-head.temple + 2, 14],
    [-head.temple + 3, 44],
    [-28, 64],
    [-w + 19, 78],
  ];
  const edge = scallops([...mirrored(rightEdge.slice(1)), ...rightEdge], 0.6);
  const open = edge.slice(0, edge.lastIndexOf('A'));
  const inner = spline([...innerRight]).replace('M', 'L') + spline(innerLeft).replace('M', 'L');
  const rows: Point[] = [];
  for (let y = -46; y <= 66; y += 8.5) {
    const reach = y < -30 ? 22 : 40;
    rows.push([reach - (y % 3), y], [-reach + (y % 4), y + 3]);
    if (y < -38) rows.push([8, y], [-8, y + 2]);
  }
  return {
    back: path(scallops(symmetric(rightEdge), 0.6), { fill: paint.hairBack }),
    front: [
      hairShadow(strands, [...innerRight.slice(3), ...innerLeft.slice(1, 5)]),
      path(`${open}${inner}Z`, { fill: paint.hair }),
      curls(paint, rows, 2.8),
    ].join(''),
  };
}
