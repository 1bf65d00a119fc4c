import sharp from 'sharp';

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
