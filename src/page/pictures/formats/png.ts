import { hasAscii, indexOfAscii, latin1, uint8, uint32 } from '#shared/formats/bytes.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import { exifPayload, NO_EXIF, readExif } from './exif.ts';
import { pngChunk } from './png-writer.ts';

type Chunk = { readonly type: string; readonly start: number; readonly end: number };

/** Chunks that change how the picture looks; every other one is metadata, animation or private. */
const KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'cICP',
  'sBIT',
  'bKGD',
  'pHYs',
]);
const ANIMATION = new Set(['acTL', 'fcTL', 'fdAT']);

/**
 * Chunks up to IEND: length, type, data, check sum (PNG, third edition, section 5.3); `cut` is the one in which the file
 * ends, from its beginning to the file's end.
 */
function walk(bytes: Uint8Array): {
  readonly chunks: readonly Chunk[];
  readonly cut: Chunk | undefined;
  readonly complete: boolean;
} {
  const chunks: Chunk[] = [];
  let at = 8;
  while (at + 8 <= bytes.length) {
    const end = at + 12 + uint32(bytes, at);
    const type = latin1(bytes, at + 4, 4);
    if (end > bytes.length) return { chunks, cut: { type, start: at, end: bytes.length }, complete: false };
    chunks.push({ type, start: at, end });
    if (type === 'IEND') return { chunks, cut: undefined, complete: chunks.some(isData) };
    at = end;
  }
  return { chunks, cut: undefined, complete: false };
}

const isData = ({ type }: Chunk): boolean => type === 'IDAT';

/** What is there of a PNG that ends too early: enough to make a whole file of it. */
export type PngParts = {
  /** Signature and the chunks before the picture's data that are kept. */
  readonly head: Uint8Array<ArrayBuffer>;
  /** The picture's data, a zlib stream that may stop anywhere. */
  readonly packed: Uint8Array<ArrayBuffer>;
  /** Length of that stream unpacked, in bytes: every row with its filter, in all passes. */
  readonly unpackedLength: number;
};

/** The parts of a PNG that has no end; nothing without a header or any data. Never throws. */
export function pngParts(bytes: Uint8Array<ArrayBuffer>): PngParts | undefined {
  const { chunks, cut } = walk(bytes);
  const header = chunks[0];
  if (header?.type !== 'IHDR') return undefined;
  const before = chunks.slice(0, chunks.findIndex(isData) === -1 ? undefined : chunks.findIndex(isData));
  const packed = [
    ...chunks.filter(isData).map((chunk) => bytes.subarray(chunk.start + 8, chunk.end - 4)),
    // Without what is there of its check sum.
    ...(cut !== undefined && isData(cut)
      ? [bytes.subarray(cut.start + 8, cut.start + 8 + uint32(bytes, cut.start))]
      : []),
  ];
  if (packed.length === 0) return undefined;
  // With sums of their own: a wrong one is as good a reason not to decode as a missing end.
  const kept = before
    .filter((chunk) => KEPT.has(chunk.type))
    .map((chunk) => pngChunk(chunk.type, bytes.subarray(chunk.start + 8, chunk.end - 4)));
  return {
    head: joinBytes([bytes.subarray(0, 8), ...kept]),
    packed: joinBytes(packed),
    unpackedLength: unpackedLength(bytes, header),
  };
}

/** Samples of a pixel by colour type (section 11.2.1). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Adam7's passes: first column and row, steps between columns and rows (section 8.2). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function unpackedLength(bytes: Uint8Array, header: Chunk): number {
  const at = header.start + 8;
  const [width, height] = [uint32(bytes, at), uint32(bytes, at + 4)];
  const bits = uint8(bytes, at + 8) * (SAMPLES[uint8(bytes, at + 9)] ?? 4);
  const lengthOf = (columns: number, rows: number): number =>
    columns <= 0 || rows <= 0 ? 0 : rows * (1 + Math.ceil((columns * bits) / 8));
  if (uint8(bytes, at + 12) === 0) return lengthOf(width, height);
  return PASSES.reduce(
    (sum, [x, y, across, down]) => sum + lengthOf(Math.ceil((width - x) / across), Math.ceil((height - y) / down)),
    0,
  );
}

const data = (bytes: Uint8Array, chunk: Chunk): Uint8Array => bytes.subarray(chunk.start + 8, chunk.end - 4);

/** The profile's data is compressed, so it is judged by its name: every writer of sRGB profiles says so there. */
const namesSrgb = (bytes: Uint8Array, chunk: Chunk): boolean =>
  latin1(data(bytes, chunk), 0, 79).toLowerCase().startsWith('srgb');

/** Reads a PNG file's chunks. Never throws, whatever the bytes. */
export function readPng(bytes: Uint8Array<ArrayBuffer>): PictureMetadata {
  const { chunks, complete } = walk(bytes);
  const header = chunks[0]?.type === 'IHDR' ? chunks[0] : undefined;
  const find = (type: string): Chunk | undefined => chunks.find((chunk) => chunk.type === type);
  const exifChunk = find('eXIf');
  const exif = exifChunk === undefined ? NO_EXIF : readExif(exifPayload(data(bytes, exifChunk)));
  const profile = find('iCCP');
  const colourType = header === undefined ? 0 : uint8(bytes, header.start + 17);
  const kept = chunks.filter((chunk) => KEPT.has(chunk.type));
  const end = chunks.at(-1)?.end ?? 0;
  return {
    ...UNKNOWN_METADATA,
    width: header === undefined ? 0 : uint32(bytes, header.start + 8),
    height: header === undefined ? 0 : uint32(bytes, header.start + 12),
    orientation: exif.orientation,
    colour: profile === undefined || namesSrgb(bytes, profile) ? 'srgb' : 'other-profile',
    bitsPerChannel: header === undefined ? 8 : Math.max(8, uint8(bytes, header.start + 16)),
    mayHaveAlpha: colourType === 4 || colourType === 6 || find('tRNS') !== undefined,
    animated: find('acTL') !== undefined,
    removable: {
      location: exif.hasLocation || chunks.some((chunk) => tellsLocation(bytes, chunk)),
      other: end < bytes.length || chunks.some((chunk) => !KEPT.has(chunk.type) && !ANIMATION.has(chunk.type)),
    },
    complete,
    stripped: complete
      ? joinBytes([bytes.subarray(0, 8), ...kept.map((chunk) => bytes.subarray(chunk.start, chunk.end))])
      : undefined,
  };
}

const tellsLocation = (bytes: Uint8Array, chunk: Chunk): boolean =>
  chunk.type === 'iTXt' &&
  hasAscii(bytes, chunk.start + 8, 'XML:com.adobe.xmp') &&
  indexOfAscii(data(bytes, chunk), 'GPSLatitude') >= 0;
