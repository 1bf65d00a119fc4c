import sharp from 'sharp';
import { createRandom } from '../people/random.ts';

/** A JPEG of this size in one colour; another `red` makes other bytes. */
export const jpeg = (width: number, height: number, red = 120): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: red % 256, g: 90, b: 60 } } })
    .jpeg()
    .toBuffer();

/** A PNG of this size in one colour. */
export const png = (width: number, height: number, red = 120): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: red % 256, g: 90, b: 60 } } })
    .png()
    .toBuffer();

/** A square PNG of noise, which stays as large as it is: three bytes a pixel. Another `seed` makes other bytes. */
export function noisyPng(side: number, seed = 0): Promise<Buffer> {
  const random = createRandom(seed);
  const tile = Buffer.from(Array.from({ length: 4096 }, () => random.between(0, 256)));
  const pixels = Buffer.alloc(side * side * 3, tile);
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}
