import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pngWithProfile } from './png-writer.ts';

test('pixels and their profile come out of the PNG as they went in', async () => {
  const source = sharp({ create: { width: 3, height: 2, channels: 3, background: '#123456' } });
  const { icc } = await sharp(await source.withIccProfile('p3').png().toBuffer()).metadata();
  if (icc === undefined) throw new Error('No profile');
  // Wider than one stored block of a zlib stream.
  const [width, height] = [5000, 5];
  const data = Uint8ClampedArray.from({ length: 4 * width * height }, (_, at) => (at * 7 + (at >> 8)) & 0xff);
  const png = Buffer.concat(pngWithProfile({ width, height, data }, icc));
  const read = sharp(png, { failOn: 'warning', ignoreIcc: true });
  expect((await read.metadata()).icc?.equals(icc)).toBe(true);
  expect((await read.raw().toBuffer()).equals(Buffer.from(data))).toBe(true);
});
