/**
 * Display P3 to sRGB by hand: Firefox before 160 cannot name the colours of an `ImageData`, so no browser is asked to.
 * Both have the same white and the same curve (CSS Color 4, sections 10.2 and 10.9); only the primaries differ.
 */

/** Linear light of each stored value, 0 to 1. */
const LINEAR = Float32Array.from({ length: 256 }, (_, stored) => {
  const value = stored / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Steps of linear light: fine enough that the darkest values, where the curve is steepest, stay apart. */
const STEPS = 16_384;

/** The stored value of each step of linear light. */
const STORED = Uint8ClampedArray.from({ length: STEPS + 1 }, (_, step) => {
  const value = step / STEPS;
  return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
});

const linear = (stored: number | undefined): number => LINEAR[stored ?? 0] ?? 0;

/** What sRGB cannot show becomes the nearest that it can, channel by channel, as browsers do it. */
const stored = (light: number): number => STORED[Math.round(Math.min(1, Math.max(0, light)) * STEPS)] ?? 0;

/** Converts RGBA of 8 bits in place; transparency stays. */
export function displayP3ToSrgb(rgba: Uint8ClampedArray): void {
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const red = linear(rgba[at]);
    const green = linear(rgba[at + 1]);
    const blue = linear(rgba[at + 2]);
    rgba[at] = stored(1.2249401763 * red - 0.2249401763 * green);
    rgba[at + 1] = stored(-0.0420569547 * red + 1.0420569547 * green);
    rgba[at + 2] = stored(-0.0196375546 * red - 0.0786360456 * green + 1.0982736001 * blue);
  }
}
