import { outline, type Point, path, spline, stroke } from '../svg.ts';
import { type HairLayers, hairShadow, type Strands } from './strands.ts';

/** Short and dark at the sides, brushed up over the forehead. */
export function quiff(strands: Strands): HairLayers {
  const { paint, person, head } = strands;
  const v = person.hair.volume;
  const { temple } = head;
  const outer: Point[] = [
    [-temple - 1, -1],
    [-temple - 1.6, -15],
    [-33, -36],
    [-24, -53 - 4 * v],
    [-4, -59 - 5 * v],
    [16, -57 - 5 * v],
    [30, -45],
    [temple + 1.6, -15],
    [temple + 1, -1],
  ];
  const hairline: Point[] = [
    [temple - 1.4, 5],
    [temple - 3.8, -8],
    [temple - 6, -21],
    [22, -33],
    [9, -32.6],
    [-8, -34.6],
    [-21, -36],
    [-temple + 6, -22],
    [-temple + 3.8, -8],
    [-temple + 1.4, 5],
  ];
  const lock = (x: number, bend: number): Point[] => [
    [x, -33.4],
    [x + bend, -46],
    [x * 0.9 + bend * 2 + 4, -54 - 2 * v],
  ];
  return {
    front: [
      hairShadow(strands, hairline),
      path(outline(outer, hairline), { fill: paint.hair }),
      path(
        outline(
          [
            [-temple - 1, -1],
            [-temple - 1.6, -15],
            [-33, -33],
          ],
          [
            [-33, -33],
            [-28, -30],
            [-temple + 3.8, -8],
            [-temple + 1.4, 5],
          ],
        ),
        { fill: paint.hairDark, 'fill-opacity': 0.36 },
      ),
      path(
        outline(
          [
            [temple + 1, -1],
            [temple + 1.6, -15],
            [32, -36],
          ],
          [
            [32, -36],
            [27, -30],
            [temple - 3.8, -8],
            [temple - 1.4, 5],
          ],
        ),
        { fill: paint.hairDark, 'fill-opacity': 0.36 },
      ),
      ...[-16, -9, -2, 5, 12, 18].map((x, index) =>
        stroke(spline(lock(x, -4 + index * 1.4)), index % 2 === 0 ? paint.hairDark : paint.hairLight, 1, {
          'stroke-opacity': 0.38,
        }),
      ),
    ].join(''),
  };
}
