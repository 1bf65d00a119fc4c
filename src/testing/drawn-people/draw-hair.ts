import { bald, balding } from './hair/bare.ts';
import { crop, pixie, sidePart } from './hair/cap.ts';
import { afro, curlyShort, longCurly } from './hair/curls.ts';
import { bob, fringeBob, longFringe, longStraight, longWavy } from './hair/hanging.ts';
import { quiff } from './hair/quiff.ts';
import { scarf } from './hair/scarf.ts';
import type { HairLayers, Strands } from './hair/strands.ts';
import { bun, ponytail } from './hair/tied-back.ts';
import { headLine } from './head.ts';
import type { Paint } from './paint.ts';
import type { HairStyle, Person } from './person.ts';
import { group } from './svg.ts';

const styles: Readonly<Record<HairStyle, (strands: Strands) => HairLayers>> = {
  bald,
  balding,
  crop,
  sidePart,
  pixie,
  quiff,
  curlyShort,
  afro,
  bob,
  fringeBob,
  longStraight,
  longWavy,
  longFringe,
  longCurly,
  bun,
  ponytail,
  scarf,
};

/** A person's hair in the coordinates of the head (see `head.ts`); some people wear theirs the other way round. */
export function drawHair(person: Person, paint: Paint): HairLayers {
  const layers = styles[person.hair.style]({ paint, person, head: headLine(person) });
  if (!person.hair.flipped) return layers;
  const flip = (layer: string | undefined): string =>
    layer === undefined ? '' : group({ transform: 'scale(-1 1)' }, layer);
  return { back: flip(layers.back), middle: flip(layers.middle), front: flip(layers.front) };
}
