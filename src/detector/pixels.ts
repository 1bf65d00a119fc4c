/** Decoded pixels: RGB, one byte a channel, rows without padding. */
export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** How sharp takes such pixels as input. */
export const asSharpInput = ({ width, height }: Pixels) =>
  ({ raw: { width, height, channels: 3 }, limitInputPixels: false }) as const;
