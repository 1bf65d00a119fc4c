import { type Colour, darken, lighten, mix } from './colour.ts';
import { browColour, type Person } from './person.ts';
import { linearGradient, radialGradient } from './svg.ts';

/** The colours and gradients that one person is painted with. */
export type Paint = {
  readonly id: string;
  readonly skin: string;
  readonly neck: string;
  readonly blush: string;
  readonly faceShade: string;
  readonly hair: string;
  readonly hairBack: string;
  readonly cloth: string;
  readonly iris: string;
  readonly lowerLip: string;
  readonly white: string;
  readonly hairDark: Colour;
  readonly hairLight: Colour;
  readonly clothDark: Colour;
  readonly brow: Colour;
  readonly line: Colour;
};

const url = (id: string): string => `url(#${id})`;

/** Makes a person's paints, and the definitions that the drawing must carry for them. `id` is unique in the picture. */
export function createPaint(person: Person, id: string): { readonly paint: Paint; readonly definitions: string } {
  const { skin, hair, outfit } = person;
  const warm = mix(skin.shade, '#c4453c', 0.55);
  const name = (part: string): string => `${id}${part}`;
  const definitions = [
    linearGradient(
      name('s'),
      [0.15, 0, 0.85, 1],
      [
        [0, skin.light],
        [0.5, skin.base],
        [1, mix(skin.base, skin.shade, 0.62)],
      ],
    ),
    linearGradient(
      name('n'),
      [0, 0, 0, 1],
      [
        [0, darken(skin.shade, 0.12)],
        [0.45, skin.shade],
        [1, mix(skin.base, skin.shade, 0.35)],
      ],
    ),
    radialGradient(
      name('b'),
      [0.5, 0.5, 0.5],
      [
        [0, warm, 0.42],
        [0.55, warm, 0.2],
        [1, warm, 0],
      ],
    ),
    linearGradient(
      name('f'),
      [0, 0, 1, 0],
      [
        [0, skin.shade, 0],
        [0.62, skin.shade, 0],
        [1, skin.shade, 0.75],
      ],
    ),
    linearGradient(
      name('h'),
      [0.1, 0, 0.8, 1],
      [
        [0, lighten(hair.colour, 0.2)],
        [0.4, hair.colour],
        [1, darken(hair.colour, 0.3)],
      ],
    ),
    linearGradient(
      name('k'),
      [0, 0, 0, 1],
      [
        [0, darken(hair.colour, 0.18)],
        [1, darken(hair.colour, 0.46)],
      ],
    ),
    linearGradient(
      name('c'),
      [0, 0, 0.9, 1],
      [
        [0, lighten(outfit.colour, 0.14)],
        [0.4, outfit.colour],
        [1, darken(outfit.colour, 0.3)],
      ],
    ),
    radialGradient(
      name('i'),
      [0.5, 0.62, 0.56],
      [
        [0, lighten(person.iris, 0.34)],
        [0.6, person.iris],
        [1, darken(person.iris, 0.55)],
      ],
    ),
    linearGradient(
      name('l'),
      [0, 0, 0, 1],
      [
        [0, person.lips],
        [0.45, lighten(person.lips, 0.2)],
        [1, darken(person.lips, 0.1)],
      ],
    ),
    linearGradient(
      name('w'),
      [0, 0, 0, 1],
      [
        [0, '#cfc7c6'],
        [0.45, '#f8f5f1'],
        [1, '#fbf9f6'],
      ],
    ),
  ].join('');
  return {
    definitions,
    paint: {
      id,
      skin: url(name('s')),
      neck: url(name('n')),
      blush: url(name('b')),
      faceShade: url(name('f')),
      hair: url(name('h')),
      hairBack: url(name('k')),
      cloth: url(name('c')),
      iris: url(name('i')),
      lowerLip: url(name('l')),
      white: url(name('w')),
      hairDark: darken(hair.colour, 0.42),
      hairLight: lighten(hair.colour, 0.32),
      clothDark: darken(outfit.colour, 0.42),
      brow: browColour(person),
      line: darken(skin.shade, 0.34),
    },
  };
}
