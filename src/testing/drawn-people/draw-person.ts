import { drawBody } from './draw-body.ts';
import { drawFace, drawGlasses } from './draw-face.ts';
import { drawHair } from './draw-hair.ts';
import { createPaint } from './paint.ts';
import type { Person } from './person.ts';
import { group } from './svg.ts';

/** How much a body leans with its head. */
const LEAN = 0.15;

/**
 * One person around the point between the eyes, in hundredths of the head's height (see `head.ts`). `id` begins the
 * names of the drawing's gradients and is unique in the picture; the body goes down to `bottom`.
 */
export function drawPerson(person: Person, id: string, bottom: number): string {
  const { paint, definitions } = createPaint(person, id);
  const hair = drawHair(person, paint);
  const tilt = person.pose.tilt;
  const head = { transform: `rotate(${tilt.toFixed(2)} 0 40)` };
  return [
    `<defs>${definitions}</defs>`,
    group(head, hair.back ?? ''),
    group({ transform: `rotate(${(tilt * LEAN).toFixed(2)} 0 40)` }, drawBody(person, paint, bottom)),
    group(head, hair.middle ?? '', drawFace(person, paint), drawGlasses(person), hair.front),
  ].join('');
}
