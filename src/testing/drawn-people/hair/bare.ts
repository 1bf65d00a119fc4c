import { brightness } from '../colour.ts';
import type { Paint } from '../paint.ts';
import type { Person } from '../person.ts';
import { ellipse, group, loop, type Point, path, symmetric } from '../svg.ts';
import type { HairLayers, Strands } from './strands.ts';

/** Light on a bare skull. */
const skullGlow = (paint: Paint, person: Person): string =>
  ellipse(-8, -38, 19, 10, { fill: paint.glow, 'fill-opacity': brightness(person.skin.base) > 0.5 ? 0.9 : 0.6 });

/** No hair at all. */
export const bald = ({ paint, person }: Strands): HairLayers => ({ front: skullGlow(paint, person) });

/** Bare above, hair left at the sides and behind. */
export function balding({ paint, head, person }: Strands): HairLayers {
  const { temple } = head;
  const fringe: Point[] = [
    [0, -30],
    [temple - 4, -32],
    [temple + 1.6, -20],
    [temple + 2.8, -8],
    [temple + 1.2, 9],
    [0, 12],
  ];
  const temples: Point[] = [
    [temple - 3, -27],
    [temple - 5, -18],
    [temple - 3, -6],
    [temple - 1.2, 5],
    [temple + 1.4, 2],
    [temple + 2, -14],
  ];
  const side = path(loop(temples), { fill: paint.hair });
  return {
    middle: path(loop(symmetric(fringe)), { fill: paint.hair }),
    front: [skullGlow(paint, person), side, group({ transform: 'scale(-1 1)' }, side)].join(''),
  };
}
