import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { type PictureFormat, sniff } from '#shared/formats/format.ts';
import { makePicture } from '#testing/picture-files/make-picture.ts';
import type { PictureRecipe } from '#testing/picture-files/recipe.ts';
import { readPicture } from './read-picture.ts';
import { isCameraRaw } from './tiff.ts';

const size = { width: 96, height: 64 } as const;
const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'heic', 'gif', 'bmp', 'tiff'] as const;

const factsOf = async (recipe: PictureRecipe) => readPicture(await makePicture(recipe), recipe.format);
/** Puts an uncompressed XMP text in front of a PNG's picture data, as Adobe's programs write it. */
function withXmpText(png: Uint8Array, xmp: string): Uint8Array<ArrayBuffer> {
  const afterHeader = 8 + 12 + 13;
  const text = Buffer.from(`iTXtXML:com.adobe.xmp\0\0\0\0\0${xmp}`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length - 4);
  return new Uint8Array(
    Buffer.concat([png.subarray(0, afterHeader), length, text, Buffer.alloc(4), png.subarray(afterHeader)]),
  );
}

describe('the header tells the size without decoding', () => {
  test.each(FORMATS)('%s', async (format) => {
    expect(await factsOf({ format, ...size })).toMatchObject({ ...size, complete: true, animated: false });
  });

  test('of the stored pixels, when the picture lies on its side', async () => {
    expect(await factsOf({ format: 'jpeg', ...size, orientation: 6 })).toMatchObject({ width: 64, height: 96 });
  });

  test('of a WebP that is lossless, and of one with an extended header', async () => {
    const lossless = new Uint8Array(
      await sharp({ create: { ...size, channels: 3, background: 'red' } })
        .webp({ lossless: true })
        .toBuffer(),
    );
    expect(readPicture(lossless, 'webp')).toMatchObject(size);
    expect(await factsOf({ format: 'webp', ...size, transparent: true })).toMatchObject({
      ...size,
      mayHaveAlpha: true,
    });
  });
});

describe('the orientation tag', () => {
  for (const format of ['jpeg', 'png', 'webp', 'tiff'] as const) {
    test.each([1, 2, 3, 4, 5, 6, 7, 8])(`of ${format}: %i`, async (orientation) => {
      expect((await factsOf({ format, ...size, orientation })).orientation).toBe(orientation);
    });
  }

  test('of AVIF is not applied, because its decoder turns by itself', async () => {
    expect((await factsOf({ format: 'avif', ...size, gps: true })).orientation).toBe(1);
  });
});

describe('metadata', () => {
  test.each(['jpeg', 'png', 'webp', 'avif', 'heic'] as const)('a recorded place in %s is seen', async (format) => {
    expect((await factsOf({ format, ...size, gps: true })).removable.location).toBe(true);
  });

  test.each(['jpeg', 'png', 'webp', 'avif', 'heic'] as const)('a bare %s has none', async (format) => {
    expect((await factsOf({ format, ...size })).removable).toEqual({ location: false, other: false });
  });

  test('a place that only XMP tells is seen', async () => {
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="52,31N"/></x:xmpmeta>';
    const image = sharp({ create: { ...size, channels: 3, background: 'red' } }).withXmp(xmp);
    expect(readPicture(new Uint8Array(await image.clone().jpeg().toBuffer()), 'jpeg').removable.location).toBe(true);
    expect(readPicture(withXmpText(await makePicture({ format: 'png', ...size }), xmp), 'png').removable.location).toBe(
      true,
    );
    expect(readPicture(new Uint8Array(await image.clone().webp().toBuffer()), 'webp').removable.location).toBe(true);
  });

  test('a video that a phone appended to its JPEG counts, and is cut off', async () => {
    const still = await makePicture({ format: 'jpeg', ...size });
    const metadata = readPicture(
      new Uint8Array(Buffer.concat([still, Buffer.from('\x00\x00\x00\x18ftypmp42 and so on')])),
      'jpeg',
    );
    expect(metadata).toMatchObject({ complete: true, removable: { other: true } });
    expect(metadata.stripped).toEqual(still);
  });

  test('texts, times and private chunks of a PNG are cut out', async () => {
    const still = Buffer.from(await makePicture({ format: 'png', ...size }));
    const chunk = (type: string, text: string): Buffer => {
      const body = Buffer.from(`${type}${text}`, 'latin1');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      const check = Buffer.alloc(4);
      check.writeUInt32BE(crc32(body));
      return Buffer.concat([length, body, check]);
    };
    for (const type of ['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf', 'prVt']) {
      // Behind the header, which is 33 bytes with the signature.
      const file = Buffer.concat([still.subarray(0, 33), chunk(type, 'Author\0Secret Studio'), still.subarray(33)]);
      const { stripped, removable } = readPicture(new Uint8Array(file), 'png');
      expect([type, removable.other]).toEqual([type, true]);
      expect(Buffer.from(stripped ?? []).includes('Secret Studio')).toBe(false);
      expect(
        Buffer.from(stripped ?? []).equals(Buffer.from(readPicture(new Uint8Array(still), 'png').stripped ?? [])),
      ).toBe(true);
    }
  });

  test('of Adobe’s segment only the 12 bytes that a decoder reads stay; what is written behind them counts, and goes', async () => {
    const bare = await makePicture({ format: 'jpeg', ...size });
    const adobe = Buffer.from('\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x01', 'latin1');
    const told = Buffer.from('\xff\xee\0\x1bAdobe\0\x64\0\0\0\0\x01Secret Studio', 'latin1');
    const withSegment = (segment: Buffer) =>
      new Uint8Array(Buffer.concat([bare.subarray(0, 2), segment, bare.subarray(2)]));
    const metadata = readPicture(withSegment(told), 'jpeg');
    expect(metadata.removable.other).toBe(true);
    expect(Buffer.from(metadata.stripped ?? []).includes('Secret')).toBe(false);
    const clean = readPicture(withSegment(adobe), 'jpeg');
    expect(clean.removable.other).toBe(false);
    expect(Buffer.from(metadata.stripped ?? []).equals(Buffer.from(clean.stripped ?? []))).toBe(true);
    expect((await sharp(metadata.stripped).metadata()).width).toBe(size.width);
  });

  test('a comment and a thumbnail in a JPEG count, and are cut out', async () => {
    const still = Buffer.from(await makePicture({ format: 'jpeg', ...size }));
    const comment = Buffer.from('\xff\xfe\x00\x0eSecret Place', 'latin1');
    const jfxx = Buffer.from('\xff\xe0\x00\x0aJFXX\x00\x13\x01\x02', 'latin1');
    const file = Buffer.concat([still.subarray(0, 2), comment, jfxx, still.subarray(2)]);
    const metadata = readPicture(new Uint8Array(file), 'jpeg');
    expect(metadata.removable.other).toBe(true);
    expect(metadata.stripped).toEqual(new Uint8Array(still));
  });
});

describe('taking metadata out without encoding anew', () => {
  test.each([
    ['a JPEG', { format: 'jpeg', ...size, gps: true, orientation: 1 }],
    ['a progressive JPEG', { format: 'jpeg', ...size, gps: true, progressive: true }],
    ['a CMYK JPEG', { format: 'jpeg', ...size, gps: true, cmyk: true }],
    ['a JPEG with another colour profile', { format: 'jpeg', ...size, gps: true, displayP3: true }],
    ['a PNG', { format: 'png', ...size, gps: true }],
    ['a transparent PNG', { format: 'png', ...size, gps: true, transparent: true }],
    ['a PNG of 16 bits', { format: 'png', ...size, gps: true, sixteenBit: true }],
    ['a WebP', { format: 'webp', ...size, gps: true }],
  ] as const)('%s keeps its pixels and its colours, and nothing else', async (_name, recipe) => {
    const file = await makePicture(recipe);
    const stripped = readPicture(file, recipe.format).stripped ?? new Uint8Array();
    const before = await sharp(file).metadata();
    const after = await sharp(stripped).metadata();
    expect(before.exif).toBeDefined();
    expect(after).toMatchObject({ ...size, space: before.space, depth: before.depth });
    expect([after.exif, after.xmp, after.iptc, after.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    // Compared as one value each: byte by byte takes seconds.
    expect(after.icc?.toString('base64')).toBe(before.icc?.toString('base64'));
    expect((await sharp(stripped).raw().toBuffer()).equals(await sharp(file).raw().toBuffer())).toBe(true);
    expect(Buffer.from(stripped).includes('Secret Studio')).toBe(false);
  });

  test('what needs nothing comes out byte for byte', async () => {
    for (const format of ['jpeg', 'png'] as const) {
      const file = await makePicture({ format, ...size });
      expect(readPicture(file, format).stripped).toEqual(file);
    }
  });
});

describe('colours, depth and motion', () => {
  test.each([
    ['an untagged JPEG', { format: 'jpeg' }, { colour: 'srgb', bitsPerChannel: 8 }],
    ['a JPEG in Display P3', { format: 'jpeg', displayP3: true }, { colour: 'display-p3' }],
    ['a JPEG for print', { format: 'jpeg', cmyk: true }, { colour: 'cmyk' }],
    ['a HEIC in Display P3', { format: 'heic', displayP3: true }, { colour: 'display-p3' }],
    ['a WebP in Display P3', { format: 'webp', displayP3: true }, { colour: 'display-p3' }],
    ['a PNG of 16 bits', { format: 'png', sixteenBit: true }, { bitsPerChannel: 16 }],
    ['a TIFF of 16 bits', { format: 'tiff', sixteenBit: true }, { bitsPerChannel: 16 }],
    ['a TIFF for print', { format: 'tiff', cmyk: true }, { colour: 'cmyk', mayHaveAlpha: false }],
    ['a transparent PNG', { format: 'png', transparent: true }, { mayHaveAlpha: true }],
    ['a plain PNG', { format: 'png' }, { mayHaveAlpha: false }],
    ['a transparent AVIF', { format: 'avif', transparent: true }, { mayHaveAlpha: true }],
    ['a plain AVIF', { format: 'avif' }, { mayHaveAlpha: false }],
    ['a moving GIF', { format: 'gif', frames: 3 }, { animated: true }],
    ['a moving WebP', { format: 'webp', frames: 3 }, { animated: true }],
  ] as const)('%s', async (_name, recipe, metadata) => {
    expect(await factsOf({ ...size, ...recipe })).toMatchObject(metadata);
  });

  test('a JPEG that names its sRGB profile needs no conversion', async () => {
    const file = await sharp({ create: { ...size, channels: 3, background: 'red' } })
      .withIccProfile('srgb')
      .jpeg()
      .toBuffer();
    expect((await sharp(file).metadata()).icc).toBeDefined();
    expect(readPicture(new Uint8Array(file), 'jpeg').colour).toBe('srgb');
  });
});

/** Where sharp's strips end: it writes the picture first and the directory behind it. */
const pictureEndOfTiff = (file: Uint8Array): number => new DataView(file.buffer).getUint32(4, true);

describe('a JPEG that every browser shows is whole', () => {
  const end = Buffer.from([0xff, 0xd9]);
  const trailer = Buffer.from('\x00\x00\x00\x18ftypmp42 and so on, GPS: home \xff\xe1\x00\x04xx \xff\xd9', 'latin1');
  const made = (recipe: Partial<PictureRecipe>) =>
    makePicture({ format: 'jpeg', width: 210, height: 130, quality: 80, ...recipe });

  test.each([
    ['colours at half size', {}],
    ['progressive', { progressive: true }],
    ['print colours', { cmyk: true }],
  ] as const)('without its end: %s', async (_name, recipe) => {
    const file = await made(recipe);
    const facts = readPicture(file.subarray(0, -2), 'jpeg');
    expect(facts).toMatchObject({ width: 210, height: 130, complete: true });
    // A profile for print is a megabyte, and byte by byte takes seconds.
    expect(Buffer.from(facts.stripped ?? []).equals(file)).toBe(true);
  });

  test('without its end, in one colour, with restart marks, and in a scan for each colour', async () => {
    const grey = await sharp(await made({}))
      .greyscale()
      .jpeg()
      .toBuffer();
    const full = await sharp(await made({}))
      .jpeg({ chromaSubsampling: '4:4:4', optimiseCoding: true })
      .toBuffer();
    for (const file of [grey, full].map((bytes) => new Uint8Array(bytes))) {
      expect(readPicture(file.subarray(0, -2), 'jpeg')).toMatchObject({ complete: true, stripped: file });
      expect(readPicture(file.subarray(0, -3), 'jpeg').complete).toBe(false);
    }
  });

  test('without its end and with a phone’s trailer, which is left out', async () => {
    const file = await made({});
    const facts = readPicture(new Uint8Array(Buffer.concat([file.subarray(0, -2), trailer])), 'jpeg');
    expect(facts).toMatchObject({ complete: true, mended: 'exactly', removable: { other: true } });
    expect(facts.stripped).toEqual(file);
  });

  test('without its end, progressive and with a trailer, which cannot be told from its data', async () => {
    const file = await made({ progressive: true });
    const facts = readPicture(new Uint8Array(Buffer.concat([file.subarray(0, -2), Buffer.from('SEFH SEFT')])), 'jpeg');
    expect(facts).toMatchObject({ complete: true, mended: 'by-guess' });
  });

  test('with bytes between its segments, which are left out', async () => {
    const file = await made({});
    const places = [...file.keys()].filter((at) => file[at] === 0xff && [0xdb, 0xc0, 0xda].includes(file[at + 1] ?? 0));
    for (const gap of ['\0\0\0', 'left here', '\xff\0\xff\xff']) {
      const pieces = places.map((at, index) => [
        file.subarray(index === 0 ? 0 : places[index - 1], at),
        Buffer.from(gap, 'latin1'),
      ]);
      const gapped = new Uint8Array(Buffer.concat([...pieces.flat(), file.subarray(places.at(-1))]));
      expect(readPicture(gapped, 'jpeg')).toMatchObject({ complete: true, stripped: file });
    }
  });

  test('unless data is missing: at the end, behind a trailer, or as zeros where a download stopped', async () => {
    const file = Buffer.from(await made({}));
    const half = file.subarray(0, Math.floor(file.length * 0.7));
    const withoutEnd = trailer.subarray(0, -2);
    for (const cut of [half, Buffer.concat([half, withoutEnd]), Buffer.concat([half, Buffer.alloc(3000)])]) {
      const facts = readPicture(new Uint8Array(cut), 'jpeg');
      expect(facts.complete).toBe(false);
      expect(Buffer.from(facts.stripped ?? []).subarray(-2)).toEqual(end);
    }
    const passes = await made({ progressive: true });
    expect(readPicture(passes.subarray(0, Math.floor(passes.length * 0.5)), 'jpeg').complete).toBe(false);
  });

  test('and takes a moment, however many tables it holds', async () => {
    const file = await made({});
    const table = Buffer.concat([Buffer.from([0xff, 0xc4, 0xff, 0xfc]), Buffer.alloc(0xfffa)]);
    const many = Buffer.concat([
      file.subarray(0, 2),
      ...Array.from({ length: 300 }, () => table),
      file.subarray(2, -2),
    ]);
    expect(readPicture(new Uint8Array(many), 'jpeg').complete).toBe(false);
  });
});

test('a TIFF whose strips reach beyond its end is cut off', async () => {
  const file = await makePicture({ format: 'tiff', ...size });
  const directory = pictureEndOfTiff(file);
  const lengths = Array.from({ length: 20 }, (_, index) => directory + 2 + index * 12).find(
    (at) => new DataView(file.buffer).getUint16(at, true) === 279,
  );
  new DataView(file.buffer).setUint32((lengths ?? 0) + 8, 0xffffff, true);
  expect(readPicture(file, 'tiff').complete).toBe(false);
});

test('a TIFF that holds only a preview is a camera raw file', () => {
  const directory = (tag: number, value: number): Uint8Array => {
    const bytes = new Uint8Array(64);
    bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, tag & 0xff, tag >> 8, 4, 0, 1, 0, 0, 0, value]);
    return bytes;
  };
  expect(isCameraRaw(directory(254, 1))).toBe(true);
  expect(isCameraRaw(directory(254, 0))).toBe(false);
  expect(isCameraRaw(directory(50706, 1))).toBe(true);
});

describe('hostile bytes', () => {
  const real = new Map<PictureFormat, Uint8Array<ArrayBuffer>>();
  beforeAll(async () => {
    for (const format of FORMATS) real.set(format, await makePicture({ format, width: 64, height: 32, gps: true }));
  });

  test.each(FORMATS)('a %s with any bytes changed never throws and stays within its own bytes', (format) => {
    const file = real.get(format) ?? new Uint8Array();
    const change = fc.tuple(fc.nat(Math.min(file.length, 700) - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.nat(file.length), (changes, length) => {
        const bytes = file.slice();
        for (const [at, value] of changes) bytes[at] = value;
        const metadata = readPicture(bytes.subarray(0, length), format);
        expect(metadata.width * metadata.height).toBeGreaterThanOrEqual(0);
        const kept = metadata.stripped?.length ?? 0;
        expect(kept).toBeLessThanOrEqual(length + 2);
      }),
      { numRuns: 800 },
    );
  });

  test.each(FORMATS)('a %s that is cut anywhere says so, or is not recognised at all', (format) => {
    const file = real.get(format) ?? new Uint8Array();
    // The last bytes of some can be missing without loss: the picture itself ends before them.
    const ends: Partial<Record<PictureFormat, number>> = {
      jpeg: file.length - 2,
      gif: file.length - 2,
      tiff: pictureEndOfTiff(file),
      webp: Buffer.from(file).lastIndexOf('EXIF'),
    };
    const whole = ends[format] ?? file.length - 1;
    fc.assert(
      fc.property(fc.nat(whole - 1), (length) => {
        const cut = file.subarray(0, length);
        expect(sniff(cut).kind === 'other' || !readPicture(cut, format).complete).toBe(true);
      }),
    );
  });

  test('a JPEG of nothing but tiny segments is called damaged, and is not read to its end', () => {
    const segments = (count: number): Uint8Array<ArrayBuffer> => {
      const bytes = new Uint8Array(2 + 4 * count);
      bytes.set([0xff, 0xd8]);
      for (let at = 2; at < bytes.length; at += 4) bytes.set([0xff, 0xe5, 0, 2], at);
      return bytes;
    };
    expect(readPicture(segments(9_000), 'jpeg')).toMatchObject({ width: 0, complete: false });
    expect(readPicture(segments(11_000), 'jpeg')).toMatchObject({ width: 0, complete: true, stripped: undefined });
  });

  test('noise in the place of any format never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMATS), fc.uint8Array({ maxLength: 2000 }), (format, bytes) => {
        expect(readPicture(bytes, format).width).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
