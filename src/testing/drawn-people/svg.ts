/**
 * The little SVG that the drawings need: elements, gradients and smooth curves. Everything returns a string and nothing
 * here takes text from outside, so nothing needs escaping.
 */

/** A point in the coordinates of whoever draws. */
export type Point = readonly [x: number, y: number];

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A number with at most two decimals: a hundredth of a head is finer than any pixel. */
export const num = (value: number): string => String(Math.round(value * 100) / 100);

/** One element. Attributes that are undefined are left out. */
export function el(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) text += ` ${key}="${typeof value === 'number' ? num(value) : value}"`;
  }
  return children.length > 0 ? `${text}>${children.join('')}</${name}>` : `${text}/>`;
}

export const group = (attributes: Attributes, ...children: readonly string[]): string =>
  el('g', attributes, ...children);

/** A filled or stroked path from path data. */
export const path = (d: string, attributes: Attributes): string => el('path', { d, ...attributes });

/** A line without fill, with round ends. */
export const stroke = (d: string, colour: string, width: number, attributes: Attributes = {}): string =>
  path(d, { fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-linecap': 'round', ...attributes });

export const ellipse = (cx: number, cy: number, rx: number, ry: number, attributes: Attributes): string =>
  el('ellipse', { cx, cy, rx, ry, ...attributes });

/** Colour stop of a gradient: place (0 to 1), colour, opacity (1 unless told). */
export type Stop = readonly [offset: number, colour: string, opacity?: number];

const stops = (list: readonly Stop[]): string[] =>
  list.map(([offset, colour, opacity]) =>
    el('stop', { offset, 'stop-color': colour, 'stop-opacity': opacity === undefined ? undefined : opacity }),
  );

/** A gradient along the line from (x1, y1) to (x2, y2), in shares of the painted shape's box. */
export const linearGradient = (
  id: string,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  list: readonly Stop[],
): string => el('linearGradient', { id, x1, y1, x2, y2 }, ...stops(list));

/** A gradient around a point, in shares of the painted shape's box. */
export const radialGradient = (
  id: string,
  [cx, cy, r]: readonly [number, number, number],
  list: readonly Stop[],
): string => el('radialGradient', { id, cx, cy, r }, ...stops(list));

const command = (letter: string, ...points: readonly Point[]): string =>
  letter + points.map(([x, y]) => `${num(x)} ${num(y)}`).join(' ');

/** Catmull-Rom control points between `b` and `c`, as a cubic Bézier (tension 1/6: the curve's usual form). */
const cubic = (a: Point, b: Point, c: Point, d: Point): string =>
  command(
    'C',
    [b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6],
    [c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6],
    c,
  );

function cubics(points: readonly Point[], at: (index: number) => Point, count: number): string {
  let d = '';
  for (let index = 0; index < count; index++) d += cubic(at(index - 1), at(index), at(index + 1), at(index + 2));
  return points.length > 1 ? d : '';
}

function openCubics(points: readonly Point[]): string {
  const last = points.length - 1;
  const origin: Point = [0, 0];
  return cubics(points, (index) => points[Math.min(last, Math.max(0, index))] ?? origin, last);
}

/** A smooth line through all the points. */
export function spline(points: readonly Point[]): string {
  const [first] = points;
  return first === undefined ? '' : command('M', first) + openCubics(points);
}

/** A smooth closed line through all the points, without a corner. */
export function loop(points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return '';
  const at = (index: number): Point => points[(index + points.length) % points.length] ?? first;
  return `${command('M', first)}${cubics(points, at, points.length)}Z`;
}

/** A closed line of smooth parts with corners where one part ends and the next begins. */
export function outline(...parts: readonly (readonly Point[])[]): string {
  let d = '';
  for (const part of parts) {
    const [first] = part;
    if (first !== undefined) d += command(d === '' ? 'M' : 'L', first) + openCubics(part);
  }
  return `${d}Z`;
}

/** A closed line of bulges, one between each two neighbouring points: curls, tree crowns, clouds. */
export function scallops(points: readonly Point[], bulge = 0.62): string {
  const [first] = points;
  if (first === undefined) return '';
  let d = command('M', first);
  let [fromX, fromY] = first;
  for (const point of [...points.slice(1), first]) {
    const radius = Math.hypot(point[0] - fromX, point[1] - fromY) * bulge;
    d += `A${num(radius)} ${num(radius)} 0 0 1 ${num(point[0])} ${num(point[1])}`;
    [fromX, fromY] = point;
  }
  return `${d}Z`;
}

/** The same points seen in a mirror at x = 0, in reverse order, so that they go on where the others end. */
export const mirrored = (points: readonly Point[]): Point[] => points.map(([x, y]): Point => [-x, y]).reverse();

/** Right half from top to bottom, made whole: down the right side and up the left, clockwise. */
export const symmetric = (right: readonly Point[]): Point[] => [...right, ...mirrored(right.filter(([x]) => x !== 0))];

/** Points part of the way between two lines of equally many points. */
export const between = (from: readonly Point[], to: readonly Point[], share: number): Point[] =>
  from.map(([x, y], index): Point => {
    const [tx, ty] = to[index] ?? [x, y];
    return [x + (tx - x) * share, y + (ty - y) * share];
  });
