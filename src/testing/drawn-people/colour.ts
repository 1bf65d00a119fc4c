/** A colour as `#rrggbb`. */
export type Colour = `#${string}`;

const channels = (colour: Colour): readonly [number, number, number] => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

/** The colour that lies this share (0 to 1) of the way from one colour to another, in sRGB. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const [r1, g1, b1] = channels(from);
  const [r2, g2, b2] = channels(to);
  const channel = (a: number, b: number) =>
    Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(r1, r2)}${channel(g1, g2)}${channel(b1, b2)}`;
}

/** A lighter shade: towards a warm white, as in daylight. */
export const lighten = (colour: Colour, share: number): Colour => mix(colour, '#fff6e8', share);

/** A darker shade: towards a deep violet, because shadows under a blue sky are cool. */
export const darken = (colour: Colour, share: number): Colour => mix(colour, '#1d1426', share);

/** How bright a colour looks, 0 (black) to 1 (white); Rec. 709 weights on sRGB values, good enough to choose shades. */
export function brightness(colour: Colour): number {
  const [r, g, b] = channels(colour);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}
