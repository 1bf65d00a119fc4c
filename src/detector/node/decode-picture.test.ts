import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PixelSource } from '#detector/ports.ts';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { claimedPng, pngProfile, profileNamed, progressiveJpeg, smallPng } from '#testing/server/costly-pictures.ts';
import { decodePicture } from './decode-picture.ts';

type Decoded = { readonly size: Size; readonly pixels: PixelSource };

async function decode(bytes: Uint8Array): Promise<Decoded> {
  const decoded = await decodePicture(bytes);
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value;
}
const pixel = async ({ pixels }: Decoded, x: number, y: number): Promise<number[]> => [
  ...(await pixels.sample(imageRect(x, y, 1, 1), { width: 1, height: 1 })).data,
];
/** 3×2 pixels: red in the top left corner, else blue. */
const cornered = (): Sharp =>
  sharp(Buffer.from([255, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255]), {
    raw: { width: 3, height: 2, channels: 3 },
  });

describe('decoding a picture', () => {
  it('turns it upright as its EXIF orientation says', async () => {
    // 6: the camera was held so that the top of the scene is the file's right side.
    const decoded = await decode(await cornered().withMetadata({ orientation: 6 }).png().toBuffer());
    expect(decoded.size).toEqual({ width: 2, height: 3 });
    expect(await pixel(decoded, 1, 0)).toEqual([255, 0, 0]);
    expect(await pixel(decoded, 0, 0)).toEqual([0, 0, 255]);
  });

  it('lays what is transparent on white', async () => {
    const clear = sharp({ create: { width: 2, height: 2, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } } });
    expect(await pixel(await decode(await clear.png().toBuffer()), 0, 0)).toEqual([255, 255, 255]);
  });

  it('gives three bytes a pixel whatever the file holds: grey, grey with alpha, sixteen bits, CMYK', async () => {
    const grey = sharp({ create: { width: 4, height: 4, channels: 3, background: '#808080' } });
    const files = await Promise.all([
      grey.clone().toColourspace('b-w').png().toBuffer(),
      grey.clone().toColourspace('b-w').ensureAlpha(1).png().toBuffer(),
      grey.clone().toColourspace('rgb16').png().toBuffer(),
      grey.clone().toColourspace('cmyk').jpeg().toBuffer(),
      grey.clone().webp({ lossless: true }).toBuffer(),
    ]);
    // CMYK has no exact counterpart of most colours.
    for (const file of files) {
      const decoded = await decode(file);
      expect((await decoded.pixels.sample(imageRect(0, 0, 4, 4), { width: 4, height: 4 })).data).toHaveLength(
        4 * 4 * 3,
      );
      for (const channel of await pixel(decoded, 2, 2)) expect(Math.abs(channel - 0x80)).toBeLessThanOrEqual(16);
    }
  });

  it('converts other colour profiles to sRGB', async () => {
    const red = sharp({ create: { width: 2, height: 2, channels: 3, background: '#c83214' } });
    const decoded = await decode(await red.withIccProfile('p3').png().toBuffer());
    const [r = 0, g = 0, b = 0] = await pixel(decoded, 0, 0);
    expect(Math.abs(r - 0xc8) + Math.abs(g - 0x32) + Math.abs(b - 0x14)).toBeLessThanOrEqual(6);
  });

  it('keeps fewer pixels of a very large picture, and tells its full size', async () => {
    const large = sharp({ create: { width: 6000, height: 5000, channels: 3, background: '#123456' } });
    const { size, pixels } = await decode(await large.jpeg().toBuffer());
    expect(size).toEqual({ width: 6000, height: 5000 });
    expect(pixels.width * pixels.height).toBeLessThanOrEqual(24_000_000);
    expect(pixels.width / pixels.height).toBeCloseTo(1.2, 2);
  });
});

describe('refusing what cannot be decoded', () => {
  const failure = async (bytes: Uint8Array) => {
    const decoded = await decodePicture(bytes);
    return decoded.ok ? undefined : decoded.error.code;
  };

  it('refuses text, nothing at all, and a file cut off in the middle', async () => {
    const noise = Buffer.from(Uint8Array.from({ length: 200 * 200 * 3 }, (_, index) => (index * 7919) % 251));
    const jpeg = await sharp(noise, { raw: { width: 200, height: 200, channels: 3 } })
      .jpeg()
      .toBuffer();
    expect(await failure(jpeg)).toBeUndefined();
    expect(await failure(jpeg.subarray(0, jpeg.length / 2))).toBe('unreadable-picture');
    expect(await failure(Buffer.from('not a picture'))).toBe('unreadable-picture');
    expect(await failure(new Uint8Array())).toBe('unreadable-picture');
  });

  it('refuses SVG, which is a document', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="9" height="9"/></svg>';
    expect(await failure(Buffer.from(svg))).toBe('unreadable-picture');
  });

  it('refuses a small file that is a large piece of work, whoever let it in', async () => {
    expect(await failure(progressiveJpeg({ width: 320, height: 320, scans: 600 }))).toBe('picture-unsafe');
    expect(await failure(smallPng(pngProfile(profileNamed(`${'\0'.repeat(160_000)}x`))))).toBe('picture-unsafe');
    expect(await failure(claimedPng(10_000, 9_999, 16, 6))).toBe('picture-too-large');
    const avif = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
      .avif()
      .toBuffer();
    expect(await failure(avif)).toBeUndefined();
  });

  it('refuses more than 100 megapixels by the header alone, before anything is decoded', async () => {
    const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    png.writeUInt32BE(20_000, 16);
    png.writeUInt32BE(20_000, 20);
    // The checksum of the header chunk, which covers its name and its 13 bytes.
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    expect(await failure(png)).toBe('picture-too-large');
  });
});

/** CRC-32 of PNG (https://www.w3.org/TR/png-3/#D-CRCAppendix); Node 20.19 does not always have `zlib.crc32`. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
