import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { firstFrame, readGif } from './gif.ts';
import { withWholeFrame } from './gif-mend.ts';

const [width, height] = [301, 203];
/** Every row is another, so that one can see which are there, and the table of codes is full more than once. */
const pixels = Buffer.from(
  Array.from({ length: width * height * 3 }, (_, at) => (Math.floor(at / (width * 3)) * 4 + ((at * 7919) % 97)) % 256),
);
const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
const GIFS: readonly (readonly [string, Promise<Buffer>])[] = [
  ['of many colours', picture.clone().gif({ colours: 256, dither: 0 }).toBuffer()],
  ['of four colours', picture.clone().gif({ colours: 4, dither: 0 }).toBuffer()],
  ['that is interlaced', picture.clone().gif({ progressive: true, colours: 64 }).toBuffer()],
  ['with something transparent', picture.clone().ensureAlpha(0).gif().toBuffer()],
];

/** Decoded to the last pixel, or it throws. */
const decode = (bytes: Uint8Array) => sharp(bytes, { failOn: 'warning' }).ensureAlpha().raw().toBuffer();

describe.each(GIFS)('a GIF %s', (name, made) => {
  test('that ends anywhere in its first frame is a whole picture, with what is there unchanged', async () => {
    const whole = new Uint8Array(await made);
    const frame = firstFrame(whole);
    if (frame === undefined) throw new Error('No frame');
    const expected = await decode(whole);
    for (let end = frame.data + 6; end < whole.length - 4; end += Math.ceil(whole.length / 40)) {
      const cut = whole.slice(0, end);
      expect(readGif(cut).complete).toBe(false);
      const mended = withWholeFrame(cut, frame);
      if (mended === undefined) throw new Error(`Nothing at ${end}`);
      expect(readGif(mended.bytes)).toMatchObject({ width, height, complete: true });
      const decoded = await decode(mended.bytes);
      expect(decoded).toHaveLength(expected.length);
      if (name.endsWith('interlaced')) continue;
      const same = decoded.findIndex((value, at) => value !== expected[at]);
      // As many pixels as there are bits for.
      const share = (end - frame.data) / (whole.length - frame.data);
      expect((same === -1 ? decoded.length : same) / decoded.length).toBeGreaterThan(share * 0.9 - 0.05);
    }
  });
});

describe('what is no frame', () => {
  test('gives nothing, and throws at nothing', async () => {
    const whole = new Uint8Array(await (GIFS[0]?.[1] ?? Promise.reject(new Error('No GIF'))));
    const frame = firstFrame(whole);
    if (frame === undefined) throw new Error('No frame');
    expect(firstFrame(whole.slice(0, frame.data))).toBeUndefined();
    expect(withWholeFrame(whole.slice(0, frame.data + 2), frame)).toBeUndefined();
    for (let seed = 0; seed < 200; seed += 1) {
      const odd = whole.slice(0, frame.data + 40);
      for (let at = frame.data; at < odd.length; at += 1) odd[at] = (at * 31 + seed * 97 + at * at * seed) & 255;
      const found = firstFrame(odd);
      if (found !== undefined) withWholeFrame(odd, found);
    }
  });
});
