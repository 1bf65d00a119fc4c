import { decode, decodeImage, type IFD, toRGBA8 } from 'utif2';
import { OLD_JPEG_INSIDE, readTiffLayout, type TiffLayout, unreadKind } from '../formats/tiff.ts';
import type { UnreadKind } from '../model/intake-failure.ts';

// For print colours utif2 asks `window` for an optional companion, and a worker has no `window`.
Reflect.set(globalThis, 'window', globalThis);

/** A picture that is stored in a way that would come out as noise. */
export class UnreadKindError extends Error {
  readonly kind: UnreadKind;
  constructor(kind: UnreadKind) {
    super(kind);
    this.name = 'UnreadKindError';
    this.kind = kind;
  }
}

/**
 * The first page of a TIFF file as RGBA, not turned, in the file's own colours. Throws an `UnreadKindError` for what
 * would come out as noise, and anything on damage.
 */
export function decodeTiff(bytes: Uint8Array<ArrayBuffer>): ImageData {
  const layout = readTiffLayout(bytes);
  const unread = unreadKind(layout);
  if (unread !== undefined) throw new UnreadKindError(unread);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const [page] = decode(file);
  if (page === undefined) throw new Error('No page');
  if (layout.isPlanar) return fromPlanes(file, page, layout);
  decodeImage(file, page);
  const { width, height } = page;
  // Palettes, print colours and what JPEG holds inside come out right; samples are read here.
  if (layout.photometric === 'gray' || layout.photometric === 'rgb') {
    return fromSamples(width, height, layout, (sample) => samplesOf(page, layout, sample, layout.samples));
  }
  if (layout.photometric === 'ycbcr' && layout.compression !== OLD_JPEG_INSIDE) return fromBrightness(page, layout);
  return new ImageData(new Uint8ClampedArray(toRGBA8(page)), width, height);
}

/** Gives the brightness, 0 to 255, of a pixel by its row and column. */
type Samples = (row: number, column: number) => number;

/** Planes one after the other: each is decoded as a grey picture of its own, from its own strips or tiles. */
function fromPlanes(file: ArrayBuffer, page: IFD, layout: TiffLayout): ImageData {
  const single: TiffLayout = { ...layout, samples: 1, isPlanar: false };
  const planes = Array.from({ length: layout.samples }, (_, index): IFD => {
    const plane: IFD = { ...page };
    for (const tag of ['t273', 't279', 't324', 't325']) {
      const all = page[tag];
      if (!Array.isArray(all)) continue;
      const each = all.length / layout.samples;
      Reflect.set(plane, tag, all.slice(index * each, (index + 1) * each));
    }
    Object.assign(plane, { t258: [layout.bits], t262: [1], t277: [1], t284: [1] });
    decodeImage(file, plane);
    return plane;
  });
  const [first] = planes;
  if (first === undefined) throw new Error('No plane');
  return fromSamples(first.width, first.height, layout, (sample) => {
    const plane = planes[sample];
    if (plane === undefined) throw new Error('A plane is missing');
    return samplesOf(plane, single, 0, 1);
  });
}

function fromSamples(width: number, height: number, layout: TiffLayout, of: (sample: number) => Samples): ImageData {
  const isGray = layout.photometric === 'gray';
  const red = of(0);
  const green = isGray ? red : of(1);
  const blue = isGray ? red : of(2);
  const alpha = layout.alpha === 'none' ? undefined : of(isGray ? 1 : 3);
  const image = new ImageData(width, height);
  const { data } = image;
  let at = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const opacity = alpha === undefined ? 255 : alpha(row, column);
      // Colours that were multiplied by their opacity are divided again: canvases take them plain.
      const share = layout.alpha === 'multiplied' && opacity > 0 ? 255 / opacity : 1;
      data[at] = red(row, column) * share;
      data[at + 1] = green(row, column) * share;
      data[at + 2] = blue(row, column) * share;
      data[at + 3] = opacity;
      at += 4;
    }
  }
  return image;
}

/**
 * Brightness and colour apart (TIFF 6.0, section 21): each block of pixels has its brightness, row by row, then the one
 * pair of colours that they share. The decoder lays each strip where it would begin if nothing was shared.
 */
function fromBrightness({ data: stored, width, height }: IFD, { subsampling, rowsPerStrip }: TiffLayout): ImageData {
  const [across, down] = subsampling;
  const block = across * down + 2;
  const bandBytes = Math.ceil(width / across) * block;
  const image = new ImageData(width, height);
  const { data } = image;
  let at = 0;
  for (let row = 0; row < height; row += 1) {
    const inStrip = row % rowsPerStrip;
    const band = (row - inStrip) * width * 3 + Math.floor(inStrip / down) * bandBytes;
    for (let column = 0; column < width; column += 1) {
      const start = band + Math.floor(column / across) * block;
      const light = stored[start + (inStrip % down) * across + (column % across)] ?? 0;
      const blueness = (stored[start + block - 2] ?? 128) - 128;
      const redness = (stored[start + block - 1] ?? 128) - 128;
      // ITU-R BT.601, which is what files without coefficients of their own mean.
      data[at] = light + 1.402 * redness;
      data[at + 1] = light - 0.344136 * blueness - 0.714136 * redness;
      data[at + 2] = light + 1.772 * blueness;
      data[at + 3] = 255;
      at += 4;
    }
  }
  return image;
}

/** Reads one sample of every pixel; `step` is the number of samples of a pixel in the page's data. */
function samplesOf({ data, width }: IFD, layout: TiffLayout, sample: number, step: number): Samples {
  const { bits, isInverted, isLittleEndian } = layout;
  const rowBytes = Math.ceil((width * step * bits) / 8);
  const bytes = bits / 8;
  const seen = (value: number): number => (isInverted ? 255 - value : value);
  if (layout.isFloat) {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return (row, column) => {
      const at = row * rowBytes + (column * step + sample) * bytes;
      const value = bits === 32 ? view.getFloat32(at, isLittleEndian) : view.getFloat64(at, isLittleEndian);
      // A hair beyond is rounding; more is light that a screen does not have.
      if (!(value >= -0.01 && value <= 1.01)) throw new UnreadKindError('floating-point');
      return seen(value * 255);
    };
  }
  if (bits < 8) {
    const most = (1 << bits) - 1;
    return (row, column) => {
      const bit = (column * step + sample) * bits;
      const byte = data[row * rowBytes + (bit >> 3)] ?? 0;
      return seen((((byte >> (8 - bits - (bit & 7))) & most) * 255) / most);
    };
  }
  // Of more than 8 bits the highest byte counts. The decoder turns 16 bits to little endian, and nothing longer.
  const highest = bits === 8 ? 0 : bits === 16 || isLittleEndian ? bytes - 1 : 0;
  return (row, column) => seen(data[row * rowBytes + (column * step + sample) * bytes + highest] ?? 0);
}
