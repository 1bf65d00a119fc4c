import { describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { MAX_ASSET_BYTES, MAX_INTAKE_BYTES, MAX_SENT_SIDE } from '#contract/limits.ts';
import type { Inspection } from '#testing/picture-files/inspect-picture.ts';
import type { PictureRecipe } from '#testing/picture-files/recipe.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import { measurePicture } from './measure-picture.ts';
import { type PreparedPicture, type PrepareOptions, preparePicture } from './prepare-picture.ts';

declare module 'vitest/internal/browser' {
  interface BrowserCommands {
    makePictureFile(recipe: PictureRecipe): Promise<string>;
    inspectPictureFile(base64: string): Promise<Inspection>;
  }
}

const landscape = { width: 640, height: 480 } as const;

async function fileOf(recipe: PictureRecipe): Promise<File> {
  const binary = atob(await commands.makePictureFile(recipe));
  return new File([Uint8Array.from(binary, (character) => character.charCodeAt(0))], 'a picture');
}

async function inspect(blob: Blob): Promise<Inspection> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const chunks = Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * 8192, (index + 1) * 8192)),
  );
  return commands.inspectPictureFile(btoa(chunks.join('')));
}

async function prepared(file: Blob, options: Partial<PrepareOptions> = {}): Promise<PreparedPicture> {
  const outcome = await preparePicture(file, options);
  if (!outcome.ok) throw new Error(`Refused: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

async function refused(file: Blob): Promise<IntakeFailure> {
  const outcome = await preparePicture(file);
  if (outcome.ok) throw new Error('Was not refused');
  return outcome.error;
}

/** The colour in the middle of each quarter: top left, top right, bottom left, bottom right. */
async function quarters(blob: Blob): Promise<readonly string[]> {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.drawImage(bitmap, 0, 0);
  const places = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) => [x * bitmap.width, y * bitmap.height] as const));
  return places.map(([x, y]) => colourName(context.getImageData(x, y, 1, 1).data));
}

const COLOURS = { red: [220, 30, 30], green: [30, 180, 30], blue: [30, 30, 220], yellow: [230, 220, 40] } as const;

function colourName(pixel: Uint8ClampedArray): string {
  const distance = (colour: readonly number[]) =>
    colour.reduce((sum, value, channel) => sum + Math.abs(value - (pixel[channel] ?? 0)), 0);
  const [name, off] = Object.entries(COLOURS)
    .map(([name, colour]) => [name, distance(colour)] as const)
    .reduce((best, next) => (next[1] < best[1] ? next : best));
  return off < 160 ? name : `rgb(${pixel.join(' ')})`;
}

/** The red, green and blue of each row's pixels. */
async function rowsOf(blob: Blob): Promise<readonly (readonly number[])[]> {
  const data = await pixels(blob);
  const across = 4 * landscape.width;
  return Array.from({ length: data.length / across }, (_, y) =>
    [...data.subarray(y * across, (y + 1) * across)].filter((_value, at) => at % 4 !== 3),
  );
}

/** How far a row is from another row, or from one colour all along: the mean over its channels. */
const meanOff = (row: readonly number[], other: readonly number[]): number =>
  row.reduce((sum, value, at) => sum + Math.abs(value - (other[at % other.length] ?? 0)), 0) / row.length;

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

async function pixels(blob: Blob): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

async function hashOf(bytes: Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A picture of noise, which hardly compresses. */
async function noiseFile(side: number, quality: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(side, side);
  const image = new ImageData(side, side);
  for (let at = 0; at < image.data.length; at += 65_536) crypto.getRandomValues(image.data.subarray(at, at + 65_536));
  for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}

async function alphaInTheMiddle(blob: Blob): Promise<number | undefined> {
  const data = await pixels(blob);
  return data[4 * (landscape.width * (landscape.height / 2) + landscape.width / 2) + 3];
}

async function contains(blob: Blob, text: string): Promise<boolean> {
  return new TextDecoder('latin1').decode(await blob.arrayBuffer()).includes(text);
}

/** The same TIFF with other values of tags of one SHORT. */
function withTags(tiff: Uint8Array<ArrayBuffer>, tags: Readonly<Record<number, number>>): Uint8Array<ArrayBuffer> {
  const view = new DataView(tiff.buffer);
  const directory = view.getUint32(4, true);
  for (let entry = 0; entry < view.getUint16(directory, true); entry += 1) {
    const at = directory + 2 + 12 * entry;
    const value = tags[view.getUint16(at, true)];
    if (value === undefined) continue;
    view.setUint32(at + 4, 1, true);
    view.setUint16(at + 8, value, true);
  }
  return tiff;
}

/** An entry of a TIFF's directory, whose value fits into it; a SHORT (type 3) stands in its first two bytes. */
type TiffEntry = readonly [tag: number, type: 3 | 4, count: number, value: number];

/** Writes a directory, little endian: there a SHORT, or two of them, are the same bytes as one LONG. */
function writeTiffDirectory(view: DataView, directory: number, entries: readonly TiffEntry[]): void {
  view.setUint16(directory, entries.length, true);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = directory + 2 + 12 * index;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, value, true);
  }
}

/** An uncompressed TIFF, little endian, of one plane of grey or several of colour, each in a strip of its own. */
function tiffOf(recipe: {
  readonly width: number;
  readonly height: number;
  readonly bits: 8 | 16 | 32;
  /** Kind of numbers, as tag 339 has it: 1 plain, 3 floating point. */
  readonly format: 1 | 3;
  readonly planes?: number;
  readonly sample: (x: number, y: number, plane: number) => number;
}): Blob {
  const { width, height, bits, format, planes = 1, sample } = recipe;
  const plane = (width * height * bits) / 8;
  const lists = 8 + planes * plane;
  const entries: readonly TiffEntry[] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 1, bits],
    [259, 3, 1, 1],
    [262, 3, 1, planes === 1 ? 1 : 2],
    [273, 4, planes, planes === 1 ? 8 : lists],
    [277, 3, 1, planes],
    [278, 4, 1, height],
    [279, 4, planes, planes === 1 ? plane : lists + 4 * planes],
    [284, 3, 1, planes === 1 ? 1 : 2],
    [339, 3, 1, format],
  ];
  const directory = lists + 8 * planes;
  const view = new DataView(new ArrayBuffer(directory + 6 + 12 * entries.length));
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, directory, true);
  for (let index = 0; index < planes; index += 1) {
    view.setUint32(lists + 4 * index, 8 + index * plane, true);
    view.setUint32(lists + 4 * (planes + index), plane, true);
    for (let at = 0; at < width * height; at += 1) {
      const value = sample(at % width, Math.floor(at / width), index);
      const place = 8 + index * plane + (at * bits) / 8;
      if (format === 3) view.setFloat32(place, value, true);
      else if (bits === 16) view.setUint16(place, value, true);
      else view.setUint8(place, value);
    }
  }
  writeTiffDirectory(view, directory, entries);
  return new Blob([view.buffer]);
}

const UPRIGHT = ['red', 'green', 'blue', 'yellow'];

describe('what is sent is upright', () => {
  for (const format of ['jpeg', 'png', 'webp', 'tiff'] as const) {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      test(`${format} with orientation ${orientation}`, async () => {
        const picture = await prepared(await fileOf({ ...landscape, format, orientation }));
        expect(await quarters(picture.blob)).toEqual(UPRIGHT);
        expect({ width: picture.width, height: picture.height }).toEqual(landscape);
        expect(picture.changes.includes('turned upright')).toBe(orientation !== 1);
        expect(await inspect(picture.blob)).toMatchObject({ ...landscape, orientation: 1, metadata: [] });
      });
    }
  }

  test.each([1, 3, 6, 8])(
    'HEIC that its own box turns like orientation %i, whose tag must not turn it again',
    async (orientation) => {
      const picture = await prepared(await fileOf({ ...landscape, format: 'heic', orientation, gps: true }));
      expect(await quarters(picture.blob)).toEqual(UPRIGHT);
      expect(await inspect(picture.blob)).toMatchObject({
        ...landscape,
        format: 'jpeg',
        orientation: 1,
        metadata: [],
      });
      expect(picture.changes).toEqual(['location removed', 'converted from HEIC to JPEG']);
    },
  );

  test('a turned picture that is shrunk as well', async () => {
    const picture = await prepared(await fileOf({ width: 3000, height: 5000, format: 'jpeg', orientation: 6 }));
    expect(await quarters(picture.blob)).toEqual(UPRIGHT);
    expect(await inspect(picture.blob)).toMatchObject({ width: 2458, height: 4096 });
    expect(picture.changes).toEqual(['turned upright', 'metadata removed', '15 → 10 megapixels, 2,458 px wide']);
  });
});

describe('every format ends as JPEG or PNG', () => {
  const recipes: readonly (PictureRecipe & { becomes: 'jpeg' | 'png'; changes: readonly string[] })[] = [
    { ...landscape, format: 'jpeg', becomes: 'jpeg', changes: [] },
    { ...landscape, format: 'jpeg', progressive: true, becomes: 'jpeg', changes: [] },
    { ...landscape, format: 'jpeg', cmyk: true, becomes: 'jpeg', changes: ['print colours (CMYK) converted to sRGB'] },
    { ...landscape, format: 'jpeg', displayP3: true, becomes: 'jpeg', changes: ['colours converted to sRGB'] },
    { ...landscape, format: 'png', becomes: 'png', changes: [] },
    { ...landscape, format: 'png', transparent: true, becomes: 'png', changes: [] },
    {
      ...landscape,
      format: 'png',
      sixteenBit: true,
      becomes: 'jpeg',
      changes: ['converted from PNG to JPEG', '16 → 8 bits a channel'],
    },
    { ...landscape, format: 'webp', becomes: 'jpeg', changes: ['converted from WebP to JPEG'] },
    { ...landscape, format: 'webp', transparent: true, becomes: 'png', changes: ['converted from WebP to PNG'] },
    { ...landscape, format: 'webp', opaqueAlpha: true, becomes: 'jpeg', changes: ['converted from WebP to JPEG'] },
    {
      ...landscape,
      format: 'webp',
      frames: 3,
      becomes: 'jpeg',
      changes: ['converted from WebP to JPEG', 'first frame only'],
    },
    { ...landscape, format: 'avif', becomes: 'jpeg', changes: ['converted from AVIF to JPEG'] },
    { ...landscape, format: 'avif', transparent: true, becomes: 'png', changes: ['converted from AVIF to PNG'] },
    { ...landscape, format: 'gif', becomes: 'jpeg', changes: ['converted from GIF to JPEG'] },
    { ...landscape, format: 'gif', transparent: true, becomes: 'png', changes: ['converted from GIF to PNG'] },
    {
      ...landscape,
      format: 'gif',
      frames: 3,
      becomes: 'jpeg',
      changes: ['converted from GIF to JPEG', 'first frame only'],
    },
    { ...landscape, format: 'bmp', becomes: 'jpeg', changes: ['converted from BMP to JPEG'] },
    { ...landscape, format: 'heic', becomes: 'jpeg', changes: ['converted from HEIC to JPEG'] },
    {
      ...landscape,
      format: 'heic',
      displayP3: true,
      becomes: 'jpeg',
      changes: ['converted from HEIC to JPEG', 'colours converted to sRGB'],
    },
    { ...landscape, format: 'tiff', becomes: 'jpeg', changes: ['converted from TIFF to JPEG'] },
    { ...landscape, format: 'tiff', transparent: true, becomes: 'png', changes: ['converted from TIFF to PNG'] },
    {
      ...landscape,
      format: 'tiff',
      sixteenBit: true,
      becomes: 'jpeg',
      changes: ['converted from TIFF to JPEG', '16 → 8 bits a channel'],
    },
    {
      ...landscape,
      format: 'tiff',
      cmyk: true,
      becomes: 'jpeg',
      changes: ['converted from TIFF to JPEG', 'print colours (CMYK) converted to sRGB'],
    },
  ];
  for (const { becomes, changes, ...recipe } of recipes) {
    const { width: _width, height: _height, format, ...kind } = recipe;
    test(`${format} ${Object.keys(kind).join(' ')}`, async () => {
      const picture = await prepared(await fileOf(recipe));
      expect(await quarters(picture.blob)).toEqual(UPRIGHT);
      expect(picture.contentType).toBe(`image/${becomes}`);
      expect(picture.blob.type).toBe(picture.contentType);
      expect(picture.changes).toEqual(changes);
      const { width, height } = picture;
      expect({ width, height }).toEqual(landscape);
      expect(await inspect(picture.blob)).toMatchObject({
        ...landscape,
        format: becomes,
        space: 'srgb',
        depth: 'uchar',
        metadata: [],
      });
    });
  }

  test('transparent parts stay transparent in a PNG', async () => {
    const picture = await prepared(await fileOf({ ...landscape, format: 'webp', transparent: true }));
    expect(await alphaInTheMiddle(picture.blob)).toBe(0);
  });
});

describe('metadata', () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    test(`a place and a camera in ${format} do not leave`, async () => {
      const file = await fileOf({ ...landscape, format, gps: true });
      expect((await inspect(file)).metadata).toContain('exif');
      const picture = await prepared(file);
      expect(picture.changes).toContain('location removed');
      expect((await inspect(picture.blob)).metadata).toEqual([]);
      expect(await contains(picture.blob, 'Secret Studio')).toBe(false);
    });
  }

  test('taking it out of an upright JPEG leaves every pixel as it was', async () => {
    const file = await fileOf({ ...landscape, format: 'jpeg', gps: true, orientation: 1 });
    const picture = await prepared(file);
    expect(picture.blob.size).toBeLessThan(file.size);
    expect(await hashOf(await pixels(picture.blob))).toBe(await hashOf(await pixels(file)));
  });

  test('the colours of Display P3 are converted, not just renamed', async () => {
    const [plain, wide] = await Promise.all(
      [false, true].map(async (displayP3) =>
        pixels((await prepared(await fileOf({ ...landscape, format: 'heic', displayP3 }))).blob),
      ),
    );
    // The same numbers mean a stronger green in the wider space: less red remains in sRGB.
    const at = 4 * (landscape.width * 120 + 480);
    expect(wide?.[at]).toBeLessThan((plain?.[at] ?? 0) - 10);
  });

  test('the colours of any RGB profile that our own decoders hand over are converted', async () => {
    const file = await fileOf({ ...landscape, format: 'tiff', displayP3: true });
    const known = await prepared(file);
    // The same profile under a name that nobody knows, so that the browser has to convert it.
    const bytes = await bytesOf(file);
    const renamed = bytes.map((byte, at) =>
      byte === 0x50 && (bytes[at + 1] === 0x33 || bytes[at + 2] === 0x33) ? 0x51 : byte,
    );
    expect(await hashOf(renamed)).not.toBe(await hashOf(bytes));
    const unknown = await prepared(new Blob([renamed]));
    expect(unknown.changes).toEqual(known.changes);
    const [wanted, found] = [await pixels(known.blob), await pixels(unknown.blob)];
    const off = [0.25, 0.75].map((share) => {
      const at = 4 * (landscape.width * 120 + landscape.width * share);
      return Math.max(
        ...[0, 1, 2].map((channel) => Math.abs((wanted[at + channel] ?? 0) - (found[at + channel] ?? 255))),
      );
    });
    expect(Math.max(...off)).toBeLessThan(6);
  });

  test('a picture without any passes byte for byte', async () => {
    const file = await fileOf({ ...landscape, format: 'jpeg' });
    const picture = await prepared(file);
    expect(await bytesOf(picture.blob)).toEqual(await bytesOf(file));
    expect(picture.changes).toEqual([]);
  });
});

test('a TIFF in planes has its colours', async () => {
  const colours = [
    [220, 30, 30, 230],
    [30, 180, 30, 220],
    [30, 30, 220, 40],
  ] as const;
  const quarter = (x: number, y: number) => (y < 240 ? 0 : 2) + (x < 320 ? 0 : 1);
  for (const bits of [8, 16] as const) {
    const file = tiffOf({
      ...landscape,
      bits,
      format: 1,
      planes: 3,
      sample: (x, y, plane) => (colours[plane]?.[quarter(x, y)] ?? 0) * (bits === 16 ? 257 : 1),
    });
    expect(await quarters((await prepared(file)).blob)).toEqual(UPRIGHT);
  }
});

/** An uncompressed TIFF in two strips whose colours are stored apart, one pair for each block of pixels. */
function ycbcrTiff(across: number, down: number, isTold: boolean): Blob {
  const { width, height } = landscape;
  const colours = [
    [220, 30, 30],
    [30, 180, 30],
    [30, 30, 220],
    [230, 220, 40],
  ] as const;
  const colourAt = (x: number, y: number) => {
    const [red, green, blue] = colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? [0, 0, 0];
    const light = 0.299 * red + 0.587 * green + 0.114 * blue;
    return [light, 128 + (blue - light) / 1.772, 128 + (red - light) / 1.402] as const;
  };
  const rows = 320;
  const strips = [0, rows].map((top) => {
    const strip: number[] = [];
    for (let y = top; y < Math.min(top + rows, height); y += down) {
      for (let x = 0; x < width; x += across) {
        for (let at = 0; at < across * down; at += 1) {
          strip.push(colourAt(x + (at % across), y + Math.floor(at / across))[0]);
        }
        strip.push(...colourAt(x, y).slice(1));
      }
    }
    return Uint8Array.from(strip);
  });
  const [first = 0, second = 0] = strips.map(({ length }) => length);
  const lists = 8 + first + second;
  const directory = lists + 32;
  const entries: readonly TiffEntry[] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 3, lists + 16],
    [259, 3, 1, 1],
    [262, 3, 1, 6],
    [273, 4, 2, lists],
    [277, 3, 1, 3],
    [278, 4, 1, rows],
    [279, 4, 2, lists + 8],
    ...(isTold ? ([[530, 3, 2, across + down * 0x10000]] as const) : []),
  ];
  const view = new DataView(new ArrayBuffer(directory + 6 + 12 * entries.length));
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, directory, true);
  for (const [index, number] of [8, 8 + first, first, second].entries())
    view.setUint32(lists + 4 * index, number, true);
  for (const sample of [0, 1, 2]) view.setUint16(lists + 16 + 2 * sample, 8, true);
  writeTiffDirectory(view, directory, entries);
  const file = new Uint8Array(view.buffer);
  file.set(strips[0] ?? [], 8);
  file.set(strips[1] ?? [], 8 + first);
  return new Blob([file]);
}

test.each([
  [1, 1, true],
  [2, 1, true],
  [2, 2, true],
  [4, 1, true],
  [1, 1, false],
  [2, 2, false],
] as const)(
  'a TIFF whose colours are stored apart from its brightness, for %i by %i pixels each (told: %s)',
  async (across, down, isTold) => {
    expect(await quarters((await prepared(ycbcrTiff(across, down, isTold))).blob)).toEqual(UPRIGHT);
  },
);

describe('limits', () => {
  test('a picture with a longer side than is sent is shrunk, and says so', async () => {
    const picture = await prepared(await fileOf({ width: 6000, height: 4000, format: 'jpeg' }));
    expect(picture).toMatchObject({
      width: MAX_SENT_SIDE,
      height: 2731,
      changes: ['24 → 11 megapixels, 4,096 px wide'],
    });
    expect(await inspect(picture.blob)).toMatchObject({ width: MAX_SENT_SIDE, height: 2731 });
  });

  test('a picture heavier than the endpoint takes is compressed until it fits, and says so', async () => {
    const file = await noiseFile(2400, 1);
    expect(file.size).toBeGreaterThan(MAX_ASSET_BYTES);
    const picture = await prepared(file);
    expect(picture.blob.size).toBeLessThanOrEqual(MAX_ASSET_BYTES);
    expect(picture).toMatchObject({ width: 2400, height: 2400, changes: ['compressed to fit 10 MB'] });
  });

  test('a panorama keeps the short side that the service needs', async () => {
    const picture = await prepared(await fileOf({ width: 9000, height: 450, format: 'jpeg' }));
    expect(picture).toMatchObject({ width: 6000, height: 300 });
  });

  test('a small picture is refused with its size', async () => {
    expect(await refused(await fileOf({ width: 100, height: 100, format: 'png' }))).toEqual({
      code: 'too-small',
      width: 100,
      height: 100,
    });
  });

  test('a small picture is enlarged when that is asked for', async () => {
    const picture = await prepared(await fileOf({ width: 200, height: 100, format: 'png' }), { enlarge: true });
    expect(picture).toMatchObject({ width: 600, height: 300 });
    expect(picture.changes).toContain('enlarged to 600 × 300 pixels');
    expect(await quarters(picture.blob)).toEqual(UPRIGHT);
  });

  test('a file beyond what is read at all is refused before it is read', async () => {
    const megabyte = new Uint8Array(1024 * 1024);
    const file = new File(
      Array.from({ length: 101 }, () => megabyte),
      'huge.jpg',
    );
    expect(await refused(file)).toEqual({ code: 'too-many-bytes', bytes: MAX_INTAKE_BYTES + 1024 * 1024 });
  });

  test('a picture that says it has more pixels than can be held is refused before it is decoded', async () => {
    const bytes = await bytesOf(await fileOf({ ...landscape, format: 'png' }));
    new DataView(bytes.buffer).setUint32(16, 20_000);
    new DataView(bytes.buffer).setUint32(20, 20_000);
    expect(await refused(new Blob([bytes]))).toEqual({ code: 'too-many-pixels', width: 20_000, height: 20_000 });
  });
});

describe('what every browser shows is taken', () => {
  test.each([
    ['a JPEG without its end', { format: 'jpeg' }, 2, []],
    ['a progressive JPEG without its end', { format: 'jpeg', progressive: true }, 2, []],
    ['a PNG without its end', { format: 'png' }, 12, []],
    ['a PNG without its end and the last check sum', { format: 'png' }, 15, []],
    ['a transparent PNG without its end', { format: 'png', transparent: true }, 14, []],
    ['a WebP whose metadata is cut off', { format: 'webp', gps: true }, 40, ['converted from WebP to JPEG']],
    ['a GIF without its end', { format: 'gif' }, 1, ['converted from GIF to JPEG']],
    ['a BMP without the filling of its last row', { format: 'bmp' }, 2, ['converted from BMP to JPEG']],
  ] as const)('%s', async (_name, recipe, missing, changes) => {
    const file = await fileOf({ ...landscape, ...recipe });
    const picture = await prepared(file.slice(0, file.size - missing));
    expect(await quarters(picture.blob)).toEqual(UPRIGHT);
    expect(picture.changes.filter((change) => !/removed$/.test(change))).toEqual(changes);
    // Our own server, and others, refuse what has no end.
    expect(await inspect(picture.blob)).toMatchObject({ ...landscape, metadata: [] });
  });

  test.each([
    ['its header', 29],
    ['its data', undefined],
  ] as const)('a PNG with a wrong check sum of %s', async (_name, at) => {
    const bytes = await bytesOf(await fileOf({ ...landscape, format: 'png', transparent: true }));
    const sum = at ?? bytes.length - 16;
    bytes[sum] = 255 - (bytes[sum] ?? 0);
    const picture = await prepared(new Blob([bytes]));
    expect(await quarters(picture.blob)).toEqual(UPRIGHT);
    expect(await inspect(picture.blob)).toMatchObject({ ...landscape, metadata: [] });
  });

  test('a JPEG without its end and with a phone’s trailer, of which nothing leaves', async () => {
    for (const progressive of [false, true]) {
      const file = await fileOf({ ...landscape, format: 'jpeg', progressive });
      const phone = new Blob([file.slice(0, file.size - 2), 'ftypmp42 Secret Studio SEFT']);
      const picture = await prepared(phone);
      expect(await quarters(picture.blob)).toEqual(UPRIGHT);
      expect(await contains(picture.blob, 'Secret Studio')).toBe(false);
    }
  });
});

describe('what is no whole picture is refused, each with its reason', () => {
  for (const format of ['jpeg', 'png', 'bmp'] as const) {
    test(`a ${format} that is cut off, of which the rest can be used`, async () => {
      const file = await fileOf({ ...landscape, format });
      const cut = file.slice(0, Math.floor(file.size * 0.6));
      expect(await refused(cut)).toEqual({ code: 'truncated', format, isUsable: true });
      const picture = await prepared(cut, { useCutOff: true });
      expect(picture.changes[0]).toBe('cut off, used as far as it goes');
      // A BMP begins at the bottom.
      const there = format === 'bmp' ? [2, 3] : [0, 1];
      const colours = await quarters(picture.blob);
      expect(there.map((at) => colours[at])).toEqual(there.map((at) => UPRIGHT[at]));
    });
  }

  test.each([
    ['a GIF', { format: 'gif' }],
    ['a transparent GIF', { format: 'gif', transparent: true }],
  ] as const)('%s that is cut off, of which the rest can be used', async (_name, recipe) => {
    const file = await fileOf({ ...landscape, ...recipe });
    for (const share of [0.6, 0.8]) {
      const cut = file.slice(0, Math.floor(file.size * share));
      expect(await refused(cut)).toEqual({ code: 'truncated', format: recipe.format, isUsable: true });
      const picture = await prepared(cut, { useCutOff: true });
      expect(picture.changes[0]).toBe('cut off, used as far as it goes');
      expect((await quarters(picture.blob)).slice(0, 2)).toEqual(UPRIGHT.slice(0, 2));
      expect(await inspect(picture.blob)).toMatchObject({ ...landscape, metadata: [] });
    }
  });

  test.each([
    ['a WebP', {}],
    ['a WebP of low quality', { quality: 50 }],
    ['a transparent WebP', { transparent: true }],
    ['a WebP with metadata', { gps: true }],
    ['a WebP that moves', { frames: 2 }],
    ['a lossless WebP', { lossless: true }],
    ['a lossless transparent WebP', { lossless: true, transparent: true }],
  ] as const)('%s that is cut off shows its own rows and nothing else', async (_name, recipe) => {
    const file = await fileOf({ ...landscape, format: 'webp', grain: true, ...recipe });
    const whole = await rowsOf(file);
    // Of heavily packed ones what stands in front of all rows is most of the file.
    for (const share of 'quality' in recipe ? [0.9] : [0.3, 0.6, 0.9]) {
      const cut = file.slice(0, Math.floor(file.size * share));
      expect(await refused(cut)).toEqual({ code: 'truncated', format: 'webp', isUsable: true });
      const picture = await prepared(cut, { useCutOff: true });
      expect(picture.changes[0]).toBe('cut off, used as far as it goes');
      // Only a picture that may be transparent shows the checkerboard where it is cut off.
      const isBlack = ((await pixels(picture.thumbnail)).at(-2) ?? 255) < 8;
      expect(isBlack).toBe(!('transparent' in recipe));
      const rows = await rowsOf(picture.blob);
      const end = rows.findIndex((row) => meanOff(row, [0, 0, 0]) < 2);
      expect(end / landscape.height).toBeGreaterThan(share - 0.2);
      for (const row of rows.slice(end)) expect(meanOff(row, [0, 0, 0])).toBeLessThan(2);
      // JPEG mixes rows at an edge: at its end, and where the quarters meet.
      const own = rows
        .slice(0, end - 8)
        .flatMap((row, y) => (Math.abs(y - 239.5) < 2 ? [] : [meanOff(row, whole[y] ?? [])]));
      expect(Math.max(...own)).toBeLessThan(20);
    }
  });

  test('a WebP that is cut off before its first row', async () => {
    const cut = (await fileOf({ ...landscape, format: 'webp' })).slice(0, 40);
    expect(await refused(cut)).toEqual({ code: 'truncated', format: 'webp', isUsable: false });
  });

  for (const format of ['avif', 'heic'] as const) {
    test(`a ${format} that is cut off, of which no decoder shows anything`, async () => {
      const file = await fileOf({ ...landscape, format });
      const cut = file.slice(0, Math.floor(file.size * 0.6));
      expect(await refused(cut)).toEqual({ code: 'truncated', format, isUsable: false });
    });
  }

  test('a progressive JPEG that is cut off between its scans', async () => {
    const file = await fileOf({ ...landscape, format: 'jpeg', progressive: true });
    const cut = file.slice(0, Math.floor(file.size * 0.7));
    expect(await refused(cut)).toEqual({ code: 'truncated', format: 'jpeg', isUsable: true });
    expect(await quarters((await prepared(cut, { useCutOff: true })).blob)).toEqual(UPRIGHT);
  });

  test('a PNG whose picture data is damaged', async () => {
    const bytes = await bytesOf(await fileOf({ ...landscape, format: 'png' }));
    bytes.fill(0x55, bytes.length - 200, bytes.length - 30);
    expect(await refused(new Blob([bytes]))).toMatchObject({ code: 'broken', format: 'png' });
  });

  test('a HEIC whose picture data is damaged', async () => {
    const bytes = await bytesOf(await fileOf({ ...landscape, format: 'heic' }));
    bytes.fill(0x55, new TextDecoder('latin1').decode(bytes).indexOf('mdat') + 4);
    expect(await refused(new Blob([bytes]))).toEqual({ code: 'not-decodable', format: 'heic' });
  });

  test('a TIFF in a way of writing that nobody reads', async () => {
    const bytes = await bytesOf(await fileOf({ ...landscape, format: 'tiff' }));
    const compression = bytes.findIndex((_, at) => bytes[at] === 3 && bytes[at + 1] === 1 && bytes[at + 2] === 3);
    bytes[compression + 8] = 0x77;
    expect(await refused(new Blob([bytes]))).toEqual({
      code: 'not-decodable',
      format: 'tiff',
      kind: 'compression',
    });
  });

  test.each([
    ['Lab', { 262: 8 }, 'lab'],
    ['colours of a raw sensor', { 262: 32_803 }, 'colours'],
    ['numbers below zero', { 339: 2 }, 'signed'],
    ['a compression of its own', { 259: 50_000 }, 'compression'],
  ] as const)('a TIFF in %s, which would come out as noise', async (_name, tags, kind) => {
    const bytes = withTags(await bytesOf(await fileOf({ ...landscape, format: 'tiff' })), tags);
    expect(await refused(new Blob([bytes]))).toEqual({ code: 'not-decodable', format: 'tiff', kind });
  });

  test('a TIFF of numbers beyond white, but not one within', async () => {
    const picture = (most: number) => tiffOf({ ...landscape, bits: 32, format: 3, sample: (x) => (most * x) / 640 });
    expect(await refused(picture(40))).toEqual({ code: 'not-decodable', format: 'tiff', kind: 'floating-point' });
    const shown = await pixels((await prepared(picture(1))).blob);
    expect([shown[4 * 64], shown[4 * 576]].map((value) => Math.round((value ?? 0) / 25.5))).toEqual([1, 9]);
  });

  test('an empty file', async () => {
    expect(await refused(new File([], 'empty.jpg'))).toEqual({ code: 'empty' });
  });

  test('a text with the name of a picture', async () => {
    const file = new File(['just words'], 'photo.jpg', { type: 'image/jpeg' });
    expect(await refused(file)).toEqual({ code: 'not-a-picture', what: 'text' });
  });
});

describe('a small copy for the filmstrip', () => {
  test('is upright and covers its square at twice its size', async () => {
    const { thumbnail } = await prepared(await fileOf({ ...landscape, format: 'jpeg', orientation: 6 }));
    expect(await quarters(thumbnail)).toEqual(UPRIGHT);
    expect(await inspect(thumbnail)).toMatchObject({ format: 'jpeg', width: 192, height: 144 });
  });

  test('has the checkerboard where the picture is transparent, neither white nor black', async () => {
    const { thumbnail } = await prepared(await fileOf({ ...landscape, format: 'png', transparent: true }));
    const data = await pixels(thumbnail);
    const at = (x: number, y: number) => data[4 * (192 * y + x)] ?? 0;
    const squares = [at(84, 68), at(92, 68), at(84, 76), at(92, 76)].map((value) => (value > 235 ? 'light' : 'dark'));
    expect(squares).toEqual(['light', 'dark', 'dark', 'light']);
    expect(Math.min(at(84, 68), at(92, 68))).toBeGreaterThan(190);
  });

  test('comes for a picture that is shown as it is, too, which the browser turns', async () => {
    const measured = await measurePicture(await fileOf({ ...landscape, format: 'jpeg', orientation: 6 }));
    if (!measured.ok) throw new Error(measured.error.code);
    expect(measured.value.size).toEqual(landscape);
    expect(await quarters(measured.value.thumbnail)).toEqual(UPRIGHT);
    expect(await measurePicture(new Blob(['no picture']))).toEqual({
      ok: false,
      error: { code: 'preparation-failed' },
    });
  });
});

describe('progress and cancelling', () => {
  test('progress goes through the stages and never back', async () => {
    const file = await fileOf({ width: 1200, height: 900, format: 'webp' });
    const seen: { stage: string; done: number }[] = [];
    await preparePicture(file, { onProgress: (progress) => seen.push(progress) });
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual([
      'waiting',
      'reading',
      'decoding',
      'drawing',
      'encoding',
    ]);
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
  });

  test('cancelling ends the picture at hand and leaves the others alone', async () => {
    const file = await fileOf({ width: 2000, height: 2000, format: 'webp' });
    const controller = new AbortController();
    const cancelled = preparePicture(file, {
      signal: controller.signal,
      onProgress: ({ stage }) => stage === 'decoding' && controller.abort(),
    });
    const others = [preparePicture(file), preparePicture(file)];
    expect(await cancelled).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect((await Promise.all(others)).map((outcome) => outcome.ok)).toEqual([true, true]);
  });

  test('the same bytes are known by the same hash', async () => {
    const file = await fileOf({ ...landscape, format: 'jpeg' });
    expect((await prepared(file)).sha256).toBe(await hashOf(await bytesOf(file)));
  });
});
