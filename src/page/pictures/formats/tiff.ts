import { uint32 } from '#shared/formats/bytes.ts';
import { assertNever } from '#shared/result.ts';
import type { UnreadKind } from '../model/intake-failure.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import { firstTiffDirectory, isLittleEndian, readExif, type TiffEntry, tagValue, tagValues } from './exif.ts';
import { storedColour } from './icc.ts';

const TAG_SUBFILE_TYPE = 254;
const TAG_WIDTH = 256;
const TAG_HEIGHT = 257;
const TAG_BITS_PER_SAMPLE = 258;
const TAG_PHOTOMETRIC = 262;
const PHOTOMETRIC_CMYK = 5;
const PHOTOMETRIC_YCBCR = 6;
const TAG_COMPRESSION = 259;
const TAG_PLANAR = 284;
const TAG_PREDICTOR = 317;
const TAG_EXTRA_SAMPLES = 338;
const TAG_SAMPLE_FORMAT = 339;
const TAG_PROFILE = 34_675;
const TAG_STRIP_OFFSETS = 273;
const TAG_SAMPLES_PER_PIXEL = 277;
const TAG_STRIP_LENGTHS = 279;
const TAG_ROWS_PER_STRIP = 278;
const TAG_TILE_OFFSETS = 324;
const TAG_TILE_LENGTHS = 325;
const TAG_SUBSAMPLING = 530;
const TAG_DNG_VERSION = 50706;
const REDUCED_RESOLUTION = 1;

/** Reads the first directory of a TIFF file. Never throws. */
export function readTiff(bytes: Uint8Array): PictureMetadata {
  const entries = firstTiffDirectory(bytes);
  const { orientation, hasLocation } = readExif(bytes);
  const profile = profileOf(bytes, entries);
  return {
    ...UNKNOWN_METADATA,
    width: tagValue(entries, TAG_WIDTH) ?? 0,
    height: tagValue(entries, TAG_HEIGHT) ?? 0,
    orientation,
    colour:
      tagValue(entries, TAG_PHOTOMETRIC) === PHOTOMETRIC_CMYK
        ? 'cmyk'
        : profile === undefined
          ? 'srgb'
          : storedColour(profile),
    profile,
    bitsPerChannel: Math.max(8, tagValues(bytes, entries, TAG_BITS_PER_SAMPLE)[0] ?? 8),
    animated: hasSecondPage(bytes, entries.length),
    mayHaveAlpha: readTiffLayout(bytes).alpha !== 'none',
    removable: { location: hasLocation, other: false },
    complete: hasAllData(bytes, entries),
  };
}

/** The ICC profile, where one is embedded (ICC.1:2022, annex B.4). */
function profileOf(bytes: Uint8Array, entries: readonly TiffEntry[]): Uint8Array | undefined {
  const entry = entries.find(({ tag }) => tag === TAG_PROFILE);
  return entry === undefined || entry.value + entry.count > bytes.length
    ? undefined
    : bytes.subarray(entry.value, entry.value + entry.count);
}

/** How the samples of a TIFF's first page are stored (TIFF 6.0, sections 3, 8, 10, 18, 19 and 21). */
export type TiffLayout = {
  readonly photometric: 'gray' | 'rgb' | 'palette' | 'cmyk' | 'ycbcr' | 'lab' | 'other';
  /** White is 0. */
  readonly isInverted: boolean;
  /** Bits of a sample; 0 where they differ. */
  readonly bits: number;
  readonly samples: number;
  readonly isPlanar: boolean;
  readonly isFloat: boolean;
  readonly isSigned: boolean;
  /** Whether colours are multiplied by their opacity. */
  readonly alpha: 'none' | 'plain' | 'multiplied';
  readonly compression: number;
  readonly predictor: number;
  readonly isLittleEndian: boolean;
  readonly isTiled: boolean;
  readonly rowsPerStrip: number;
  /** Pixels across and down that share one pair of colours, where brightness and colour are stored apart. */
  readonly subsampling: readonly [across: number, down: number];
};

const PHOTOMETRICS: Readonly<Record<number, TiffLayout['photometric']>> = {
  0: 'gray',
  1: 'gray',
  2: 'rgb',
  3: 'palette',
  [PHOTOMETRIC_CMYK]: 'cmyk',
  [PHOTOMETRIC_YCBCR]: 'ycbcr',
  8: 'lab',
  9: 'lab',
  10: 'lab',
};

/** JPEG inside of a TIFF, which its decoder hands over as RGB. */
const JPEG_INSIDE = 7;
/** The same as it was written before that. */
export const OLD_JPEG_INSIDE = 6;

export function readTiffLayout(bytes: Uint8Array): TiffLayout {
  const entries = firstTiffDirectory(bytes);
  const value = (tag: number, otherwise: number): number => tagValues(bytes, entries, tag)[0] ?? otherwise;
  const bits = tagValues(bytes, entries, TAG_BITS_PER_SAMPLE);
  const samples = value(TAG_SAMPLES_PER_PIXEL, 1);
  const number = value(TAG_PHOTOMETRIC, samples >= 3 ? 2 : 1);
  const compression = value(TAG_COMPRESSION, 1);
  const stored = PHOTOMETRICS[number] ?? 'other';
  const photometric = stored === 'ycbcr' && compression === JPEG_INSIDE ? 'rgb' : stored;
  const colours = photometric === 'gray' ? 1 : photometric === 'rgb' ? 3 : samples;
  const extra = value(TAG_EXTRA_SAMPLES, samples > colours && photometric === 'rgb' ? 2 : 0);
  const format = value(TAG_SAMPLE_FORMAT, 1);
  const [width, height] = [value(TAG_WIDTH, 0), value(TAG_HEIGHT, 1)];
  return {
    photometric,
    isInverted: number === 0,
    bits: bits.some((count) => count !== bits[0]) ? 0 : (bits[0] ?? 1),
    samples,
    isPlanar: value(TAG_PLANAR, 1) === 2 && samples > 1,
    isFloat: format === 3,
    isSigned: format === 2,
    alpha: samples <= colours || extra === 0 ? 'none' : extra === 1 ? 'multiplied' : 'plain',
    compression,
    predictor: value(TAG_PREDICTOR, 1),
    isLittleEndian: isLittleEndian(bytes),
    isTiled: tagValue(entries, TAG_TILE_OFFSETS) !== undefined,
    rowsPerStrip: Math.max(1, Math.min(value(TAG_ROWS_PER_STRIP, height), height)),
    subsampling: subsamplingOf(bytes, entries, width * height * samples),
  };
}

/** 2 by 2 where nothing is told (section 21); but some programs store all colours and tell nothing: their length does. */
function subsamplingOf(
  bytes: Uint8Array,
  entries: readonly TiffEntry[],
  fullLength: number,
): TiffLayout['subsampling'] {
  const [across, down] = tagValues(bytes, entries, TAG_SUBSAMPLING);
  if (across !== undefined && down !== undefined) return [across, down];
  const stored = tagValues(bytes, entries, TAG_STRIP_LENGTHS).reduce((sum, length) => sum + length, 0);
  return stored === fullLength && tagValue(entries, TAG_COMPRESSION) === 1 ? [1, 1] : [2, 2];
}

/**
 * Ways of compressing that the decoder knows: none, three kinds of fax, LZW, JPEG (old and new), Deflate (two numbers),
 * PackBits. For any other it would return a black picture instead of failing.
 */
const KNOWN_COMPRESSIONS: ReadonlySet<number> = new Set([
  1,
  2,
  3,
  4,
  5,
  OLD_JPEG_INSIDE,
  JPEG_INSIDE,
  8,
  32_773,
  32_946,
]);

/** Whether pixels share their colours in one of the ways that there are. */
const isShared = ({ subsampling }: TiffLayout): boolean => subsampling.every((count) => [1, 2, 4].includes(count));

/** What of it would come out as noise, if anything. Floats are looked at once more, sample by sample. */
export function unreadKind(layout: TiffLayout): UnreadKind | undefined {
  const { photometric, bits, samples, isPlanar, isFloat, isSigned, predictor } = layout;
  if (photometric === 'lab') return 'lab';
  if (photometric === 'other') return 'colours';
  if (!KNOWN_COMPRESSIONS.has(layout.compression) || predictor > 2) return 'compression';
  if (isSigned) return 'signed';
  if (predictor === 2 && bits > 16) return 'compression';
  switch (photometric) {
    case 'gray':
      return (isFloat ? [32, 64] : [1, 2, 4, 8, 16, 32]).includes(bits) ? undefined : 'bits';
    case 'rgb':
      if (samples < 3) return 'colours';
      return (isFloat ? [32, 64] : [8, 16, 32]).includes(bits) ? undefined : 'bits';
    case 'palette':
      return isPlanar || samples > 1 ? 'colours' : [1, 2, 4, 8].includes(bits) ? undefined : 'bits';
    case 'cmyk':
      return isPlanar || samples < 4 ? 'colours' : bits === 8 ? undefined : 'bits';
    case 'ycbcr':
      if (layout.compression === OLD_JPEG_INSIDE) return undefined;
      return isPlanar || bits !== 8 || samples !== 3 || layout.isTiled || predictor > 1 || !isShared(layout)
        ? 'colours'
        : undefined;
    default:
      return assertNever(photometric);
  }
}

/** True when every strip or tile of the picture lies inside the file (TIFF 6.0, sections 3 and 15). */
function hasAllData(bytes: Uint8Array, entries: readonly TiffEntry[]): boolean {
  const strips = tagValues(bytes, entries, TAG_STRIP_OFFSETS);
  const offsets = strips.length > 0 ? strips : tagValues(bytes, entries, TAG_TILE_OFFSETS);
  const lengths = tagValues(bytes, entries, strips.length > 0 ? TAG_STRIP_LENGTHS : TAG_TILE_LENGTHS);
  return offsets.length > 0 && offsets.every((offset, index) => offset + (lengths[index] ?? 1) <= bytes.length);
}

/** True when the first directory names a next one (TIFF 6.0, section 2): a second page. */
function hasSecondPage(bytes: Uint8Array, entryCount: number): boolean {
  const little = isLittleEndian(bytes);
  return uint32(bytes, uint32(bytes, 4, little) + 2 + entryCount * 12, little) !== 0;
}

/** Raw files of most cameras are TIFF whose first picture is a preview (DNG, NEF, ARW): it must not pass as the photo. */
export function isCameraRaw(bytes: Uint8Array): boolean {
  const entries = firstTiffDirectory(bytes);
  return (
    tagValue(entries, TAG_DNG_VERSION) !== undefined ||
    ((tagValue(entries, TAG_SUBFILE_TYPE) ?? 0) & REDUCED_RESOLUTION) === REDUCED_RESOLUTION
  );
}
