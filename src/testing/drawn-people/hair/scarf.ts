import { darken, lighten } from '../colour.ts';
import { loop, type Point, path, spline, stroke, symmetric } from '../svg.ts';
import type { HairLayers, Strands } from './strands.ts';

/** A headscarf over hair, neck and shoulders. */
export function scarf({ paint, person, head }: Strands): HairLayers {
  const { temple, chinY } = head;
  const dark = darken(person.hair.colour, 0.4);
  const light = lighten(person.hair.colour, 0.3);
  const outer: Point[] = [
    [0, -57],
    [21, -53.5],
    [36, -39],
    [42, -14],
    [42, 14],
    [39, 36],
    [43, 54],
    [57, 70],
    [60, 84],
    [36, 98],
    [0, 103],
  ];
  const face: Point[] = [
    [0, -33],
    [16, -30],
    [temple - 7.5, -18],
    [temple - 4, 0],
    [temple - 5.5, 20],
    [person.shape.jaw - 3.4, chinY - 17],
    [person.shape.chin + 4, chinY - 4.5],
    [0, chinY - 1],
  ];
  const ring = spline([...symmetric(face), [0, -33]]);
  const fold = (points: readonly Point[], colour: string, width: number): string =>
    stroke(spline(points), colour, width, { 'stroke-opacity': 0.32 });
  return {
    front: [
      path(`${loop(symmetric(outer))}${ring}Z`, { fill: paint.hair, 'fill-rule': 'evenodd' }),
      stroke(`${ring}Z`, dark, 2.6, { 'stroke-opacity': 0.3 }),
      fold(
        [
          [-temple + 2, -30],
          [-39, -4],
          [-36, 26],
          [-22, 52],
          [4, 66],
        ],
        dark,
        1.2,
      ),
      fold(
        [
          [temple, -34],
          [39, -6],
          [36.5, 24],
          [26, 44],
        ],
        dark,
        1.2,
      ),
      fold(
        [
          [-30, 46],
          [-10, 66],
          [22, 74],
          [50, 74],
        ],
        dark,
        1.4,
      ),
      fold(
        [
          [-44, 62],
          [-18, 78],
          [14, 86],
          [46, 84],
        ],
        dark,
        1.4,
      ),
      fold(
        [
          [-36, 54],
          [-12, 72],
          [20, 80],
          [52, 79],
        ],
        light,
        1.2,
      ),
      fold(
        [
          [-24, -44],
          [-2, -50],
          [22, -45],
        ],
        light,
        1.4,
      ),
      fold(
        [
          [-30, -38],
          [-4, -43],
          [27, -37],
        ],
        dark,
        1,
      ),
    ].join(''),
  };
}
