import { type Colour, darken, lighten, mix } from './colour.ts';
import { browColour, type Person } from './person.ts';
import { linearGradient, radialGradient, type Stop } from './svg.ts';

/** The colours and gradients (as `url(#…)`) that one person is painted with. */
export type Paint = {
  /** Begins the names of everything that the person's drawing defines; unique in the picture. */
  readonly id: string;
  readonly skin: string;
  readonly neck: string;
  readonly blush: string;
  /** Shade of the side of the face that the light does not reach. */
  readonly faceShade: string;
  /** Light that falls on forehead and chin. */
  readonly glow: string;
  /** Shade around the eyes. */
  readonly socket: string;
  readonly hair: string;
  readonly hairBack: string;
  readonly cloth: string;
  readonly iris: string;
  readonly lowerLip: string;
  readonly eyeWhite: string;
  readonly hairDark: Colour;
  readonly hairLight: Colour;
  readonly clothDark: Colour;
  readonly brow: Colour;
  /** Fine lines on the skin. */
  readonly line: Colour;
};

const CENTRE = [0.5, 0.5, 0.5] as const;
const DOWN = [0, 0, 0, 1] as const;

/** Makes a person's paints, and the definitions that the drawing must carry for them. */
export function createPaint(person: Person, id: string): { readonly paint: Paint; readonly definitions: string } {
  const { skin, hair, outfit, iris, lips } = person;
  const warm = mix(skin.shade, '#c4453c', 0.55);
  const bright = lighten(skin.light, 0.45);
  const definitions: string[] = [];
  const linear = (part: string, line: readonly [number, number, number, number], ...stops: Stop[]): string => {
    definitions.push(linearGradient(id + part, line, stops));
    return `url(#${id}${part})`;
  };
  const radial = (part: string, circle: readonly [number, number, number], ...stops: Stop[]): string => {
    definitions.push(radialGradient(id + part, circle, stops));
    return `url(#${id}${part})`;
  };
  const paint: Paint = {
    id,
    skin: linear('s', [0.15, 0, 0.85, 1], [0, skin.light], [0.5, skin.base], [1, mix(skin.base, skin.shade, 0.62)]),
    neck: linear('n', DOWN, [0, darken(skin.shade, 0.12)], [0.45, skin.shade], [1, mix(skin.base, skin.shade, 0.35)]),
    blush: radial('b', CENTRE, [0, warm, 0.34], [0.5, warm, 0.18], [1, warm, 0]),
    faceShade: linear('f', [0, 0, 1, 0], [0, skin.shade, 0], [0.58, skin.shade, 0], [1, skin.shade, 0.75]),
    glow: radial('g', CENTRE, [0, bright, 0.5], [0.45, bright, 0.26], [1, bright, 0]),
    socket: radial('o', CENTRE, [0, skin.shade, 0.42], [0.62, skin.shade, 0.24], [1, skin.shade, 0]),
    hair: linear(
      'h',
      [0.1, 0, 0.8, 1],
      [0, lighten(hair.colour, 0.2)],
      [0.4, hair.colour],
      [1, darken(hair.colour, 0.3)],
    ),
    hairBack: linear('k', DOWN, [0, darken(hair.colour, 0.18)], [1, darken(hair.colour, 0.46)]),
    cloth: linear(
      'c',
      [0, 0, 0.9, 1],
      [0, lighten(outfit.colour, 0.14)],
      [0.4, outfit.colour],
      [1, darken(outfit.colour, 0.3)],
    ),
    iris: radial('i', [0.5, 0.62, 0.56], [0, lighten(iris, 0.34)], [0.6, iris], [1, darken(iris, 0.55)]),
    lowerLip: linear('l', DOWN, [0, lips], [0.45, lighten(lips, 0.2)], [1, darken(lips, 0.1)]),
    eyeWhite: linear('w', DOWN, [0, '#cfc7c6'], [0.45, '#f8f5f1'], [1, '#fbf9f6']),
    hairDark: darken(hair.colour, 0.42),
    hairLight: lighten(hair.colour, 0.32),
    clothDark: darken(outfit.colour, 0.42),
    brow: browColour(person),
    line: darken(skin.shade, 0.34),
  };
  return { paint, definitions: definitions.join('') };
}
