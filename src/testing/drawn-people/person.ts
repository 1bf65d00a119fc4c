import type { Colour } from './colour.ts';
import { brightness, darken, mix } from './colour.ts';
import {
  CLOTHES,
  HAIR_COLOURS,
  type HairColour,
  IRIS_COLOURS,
  type IrisColour,
  SCARVES,
  SKIN_TONES,
  type SkinTone,
} from './palette.ts';
import type { Random } from './random.ts';

export type HairStyle =
  | 'crop'
  | 'sidePart'
  | 'quiff'
  | 'curlyShort'
  | 'afro'
  | 'pixie'
  | 'bob'
  | 'fringeBob'
  | 'longStraight'
  | 'longWavy'
  | 'longFringe'
  | 'longCurly'
  | 'bun'
  | 'ponytail'
  | 'bald'
  | 'balding'
  | 'scarf';

export type Beard = 'none' | 'stubble' | 'short' | 'full' | 'moustache';
export type Glasses = 'none' | 'round' | 'square';
export type Outfit = 'tee' | 'stripes' | 'vNeck' | 'shirt' | 'hoodie' | 'turtleneck' | 'blazer' | 'boat';
export type Age = 'child' | 'young' | 'middle' | 'older';

/** Everything that makes one drawn person: what `drawPerson` needs and nothing about where they stand. */
export type Person = {
  readonly feminine: boolean;
  readonly age: Age;
  readonly skin: SkinTone;
  readonly hair: {
    readonly style: HairStyle;
    readonly colour: Colour;
    readonly volume: number;
    readonly flipped: boolean;
  };
  readonly beard: Beard;
  readonly glasses: Glasses;
  readonly earrings: boolean;
  readonly freckles: boolean;
  readonly iris: Colour;
  readonly lips: Colour;
  readonly outfit: { readonly kind: Outfit; readonly colour: Colour; readonly accent: Colour };
  /** Widths and heights of the head, in hundredths of its height (crown to chin). */
  readonly shape: {
    readonly cheek: number;
    readonly jaw: number;
    readonly chin: number;
    readonly length: number;
    readonly neck: number;
    readonly shoulders: number;
  };
  readonly eyes: {
    readonly apart: number;
    readonly width: number;
    readonly open: number;
    readonly slant: number;
    readonly fold: number;
  };
  readonly brows: { readonly thick: number; readonly arch: number; readonly lift: number };
  readonly nose: { readonly width: number; readonly length: number };
  readonly mouth: {
    readonly kind: 'closed' | 'open';
    readonly width: number;
    readonly smile: number;
    readonly full: number;
  };
  /** Tilt in degrees, clockwise; turn and gaze from −1 (to the picture's left) to 1. */
  readonly pose: { readonly tilt: number; readonly turn: number; readonly gaze: number };
};

const FEMININE_HAIR: Readonly<Record<Age, Partial<Record<HairStyle, number>>>> = {
  child: { longFringe: 3, fringeBob: 3, longStraight: 2, ponytail: 2, longCurly: 2, bun: 1 },
  young: {
    longStraight: 3,
    longWavy: 4,
    longFringe: 2,
    longCurly: 3,
    bob: 2,
    fringeBob: 2,
    bun: 3,
    ponytail: 2,
    pixie: 1,
    afro: 2,
    scarf: 2,
  },
  middle: {
    longStraight: 2,
    longWavy: 3,
    bob: 4,
    fringeBob: 2,
    bun: 3,
    ponytail: 2,
    longCurly: 2,
    pixie: 2,
    afro: 1,
    scarf: 2,
  },
  older: { bob: 3, bun: 3, pixie: 3, curlyShort: 3, longWavy: 1, scarf: 2, fringeBob: 1 },
};

const MASCULINE_HAIR: Readonly<Record<Age, Partial<Record<HairStyle, number>>>> = {
  child: { crop: 3, sidePart: 3, curlyShort: 3, pixie: 2 },
  young: { crop: 4, sidePart: 3, quiff: 4, curlyShort: 3, afro: 2, bald: 1, bun: 1 },
  middle: { crop: 3, sidePart: 4, quiff: 2, curlyShort: 2, bald: 2, balding: 2, afro: 1 },
  older: { sidePart: 3, balding: 4, bald: 2, crop: 2, curlyShort: 1 },
};

function hairColour(random: Random, age: Age, skin: SkinTone): Colour {
  if (age === 'older' && random.chance(0.85)) return HAIR_COLOURS[random.pick(['grey', 'silver', 'silver'] as const)];
  const light = brightness(skin.base);
  const weights: Partial<Record<HairColour, number>> =
    light > 0.78
      ? { black: 2, espresso: 2, brown: 3, chestnut: 3, auburn: 2, ginger: 2.5, honey: 2, blond: 3 }
      : light > 0.6
        ? { black: 4, espresso: 3, brown: 3, chestnut: 2, honey: 1 }
        : { black: 5, espresso: 4, brown: 1 };
  const name: HairColour = random.weighted(weights, 'black');
  const colour = HAIR_COLOURS[name];
  return age === 'middle' && random.chance(0.3) ? mix(colour, HAIR_COLOURS.grey, 0.5) : colour;
}

function irisColour(random: Random, skin: SkinTone): Colour {
  const light = brightness(skin.base);
  const weights: Partial<Record<IrisColour, number>> =
    light > 0.78
      ? { darkBrown: 2, brown: 3, hazel: 2, green: 2, blue: 3, grey: 1 }
      : light > 0.6
        ? { darkBrown: 4, brown: 4, hazel: 1, green: 1 }
        : { darkBrown: 5, brown: 2 };
  return IRIS_COLOURS[random.weighted(weights, 'brown')];
}

/** One plausible person; the same source of chance gives the same person. */
export function createPerson(random: Random): Person {
  const feminine = random.chance(0.5);
  const age = random.weighted<Age>({ child: 1, young: 5, middle: 3.5, older: 2 }, 'young');
  const skin = random.pick(SKIN_TONES);
  const light = brightness(skin.base);
  const style = random.weighted((feminine ? FEMININE_HAIR : MASCULINE_HAIR)[age], 'crop');
  const grownMan = !feminine && age !== 'child';
  const colour = style === 'scarf' ? random.pick(SCARVES) : hairColour(random, age, skin);
  const child = age === 'child';
  const clothes = random.pick(CLOTHES);
  const madeUp = feminine && !child && random.chance(0.55);
  const lipTint: Colour = madeUp
    ? random.pick(['#b23a48', '#a8434f', '#c05a5f', '#9c3f52'])
    : light > 0.5
      ? '#b9605a'
      : '#8f4644';
  return {
    feminine,
    age,
    skin,
    hair: { style, colour, volume: random.between(0.85, 1.15), flipped: random.chance(0.5) },
    beard: grownMan
      ? random.weighted<Beard>({ none: 6, stubble: 3, short: 2.5, full: 1.6, moustache: 0.8 }, 'none')
      : 'none',
    glasses: child
      ? 'none'
      : random.weighted<Glasses>({ none: 8, round: age === 'older' ? 2.4 : 1.2, square: 1.2 }, 'none'),
    earrings: feminine && !child && style !== 'scarf' && random.chance(0.4),
    freckles: light > 0.7 && random.chance(0.16),
    iris: irisColour(random, skin),
    lips: mix(skin.base, lipTint, madeUp ? 0.78 : 0.52),
    outfit: {
      kind: random.weighted<Outfit>(
        child
          ? { tee: 3, stripes: 1.5, hoodie: 3 }
          : feminine
            ? { tee: 2, stripes: 0.8, vNeck: 2, shirt: 1.5, turtleneck: 2, blazer: 2, boat: 2.5, hoodie: 0.7 }
            : { tee: 3, stripes: 0.6, vNeck: 1, shirt: 3, turtleneck: 1.2, blazer: 2, hoodie: 2 },
        'tee',
      ),
      colour: clothes,
      accent: random.pick(['#efe7da', '#dfe5ea', '#f2ddcc', '#2f3947', '#e9e2c9']),
    },
    shape: {
      cheek: random.between(33, 35.6) + (child ? 1 : 0),
      jaw: feminine || child ? random.between(24.5, 27.5) : random.between(27.5, 30.5),
      chin: feminine || child ? random.between(10, 13) : random.between(12.5, 16.5),
      length: child ? random.between(46.5, 48.5) : random.between(50, 53.5),
      neck: child ? 12 : feminine ? random.between(12.4, 13.8) : random.between(15.2, 18),
      shoulders: child ? random.between(50, 55) : feminine ? random.between(58, 64) : random.between(67, 75),
    },
    eyes: {
      apart: random.between(14.8, 16.4),
      width: random.between(7, 7.8) + (child ? 0.6 : 0),
      open: random.between(0.92, 1.1) * (feminine ? 1.06 : 0.95) * (child ? 1.14 : age === 'older' ? 0.9 : 1),
      slant: random.between(-0.2, 1.3),
      fold: random.chance(0.18) ? 0 : random.between(0.4, 0.9),
    },
    brows: {
      thick: feminine ? random.between(1.5, 2.3) : random.between(2.3, 3.4),
      arch: feminine ? random.between(1.6, 2.8) : random.between(0.8, 2),
      lift: random.between(-0.6, 1.2),
    },
    nose: {
      width: random.between(5.4, 7.6) * (child ? 0.86 : 1),
      length: random.between(20, 22.6) - (child ? 2.5 : 0),
    },
    mouth: {
      kind: random.chance(0.4) ? 'open' : 'closed',
      width: random.between(10.4, 13) * (child ? 0.88 : 1),
      smile: random.between(1.7, 3.8),
      full: random.between(0.85, 1.2) * (feminine ? 1.08 : 0.86),
    },
    pose: { tilt: random.between(-4, 4), turn: random.between(-1, 1), gaze: random.between(-0.8, 0.8) },
  };
}

/** Colour of brows and beard: the hair's own, or a natural one where there is none to see; never lost on the skin. */
export function browColour(person: Person): Colour {
  const { style, colour } = person.hair;
  const natural =
    style === 'scarf' || style === 'bald' ? mix(person.skin.shade, '#1f1714', 0.72) : darken(colour, 0.22);
  return person.age === 'older' && style !== 'scarf' ? mix(natural, person.skin.shade, 0.25) : natural;
}

/** How alike two people look at a glance, 0 to about 1: what makes a crowd look copied. */
export function likeness(a: Person, b: Person): number {
  const same = (equal: boolean, weight: number) => (equal ? weight : 0);
  return (
    same(a.hair.style === b.hair.style, 0.34) +
    same(a.hair.colour === b.hair.colour, 0.16) +
    same(a.skin === b.skin, 0.2) +
    same(a.outfit.colour === b.outfit.colour, 0.2) +
    same(a.outfit.kind === b.outfit.kind, a.outfit.kind === 'stripes' ? 0.3 : 0.06) +
    same(a.feminine === b.feminine, 0.1) +
    same(a.beard !== 'none' && b.beard !== 'none', 0.08) +
    same(a.glasses !== 'none' && b.glasses !== 'none', 0.14)
  );
}
