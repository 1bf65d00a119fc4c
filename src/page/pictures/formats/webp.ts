import { MAX_DECODED_PIXELS } from '#contract/limits.ts';
import { hasAscii, indexOfAscii, latin1, uint8, uint16, uint24, uint32 } from '#shared/formats/bytes.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import { exifPayload, NO_EXIF, readExif } from './exif.ts';
import { profileColour } from './icc.ts';

/** `isWhole`: all of its data is there; the byte that makes its length even may be missing at the end. */
type Chunk = { readonly type: string; readonly start: number; readonly end: number; readonly isWhole: boolean };

/** Flags of the VP8X header (RFC 9649, section 2.7.1). */
const FLAG_ANIMATION = 0x02;
const FLAG_XMP = 0x04;
const FLAG_EXIF = 0x08;
const FLAG_ALPHA = 0x10;

/** Chunks of the picture; one that tells nothing of how it looks may be cut off at the end without loss. */
function walk(bytes: Uint8Array): { readonly chunks: readonly Chunk[]; readonly complete: boolean } {
  const chunks: Chunk[] = [];
  const fileEnd = 8 + uint32(bytes, 4, true);
  let at = 12;
  while (at + 8 <= Math.min(fileEnd, bytes.length)) {
    const size = uint32(bytes, at + 4, true);
    const end = at + 8 + size + (size % 2);
    const isWhole = at + 8 + size <= bytes.length;
    chunks.push({ type: latin1(bytes, at, 4), start: at, end: Math.min(end, bytes.length), isWhole });
    at = end;
  }
  const data = chunks.find(({ type }) => PICTURE_DATA.has(type));
  return { chunks, complete: data?.isWhole === true };
}

/** The picture itself, or the first frame of several. */
const PICTURE_DATA = new Set(['VP8 ', 'VP8L', 'ANMF']);

function sizeOf(bytes: Uint8Array, chunk: Chunk): { width: number; height: number; alpha: boolean } {
  const at = chunk.start + 8;
  if (chunk.type === 'VP8X') {
    const alpha = (uint8(bytes, at) & FLAG_ALPHA) !== 0;
    return { width: uint24(bytes, at + 4, true) + 1, height: uint24(bytes, at + 7, true) + 1, alpha };
  }
  if (chunk.type === 'VP8L') {
    const bits = uint32(bytes, at + 1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, alpha: ((bits >>> 28) & 1) === 1 };
  }
  return { width: uint16(bytes, at + 6, true) & 0x3fff, height: uint16(bytes, at + 8, true) & 0x3fff, alpha: false };
}

/** The same file without EXIF and XMP, so that no decoder turns it by itself. */
function withoutMetadata(bytes: Uint8Array<ArrayBuffer>, chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const kept = chunks.filter((chunk) => chunk.type !== 'EXIF' && chunk.type !== 'XMP ');
  const parts = kept.map((chunk) => {
    const part = bytes.slice(chunk.start, chunk.end);
    if (chunk.type === 'VP8X') part.set([uint8(part, 8) & ~(FLAG_EXIF | FLAG_XMP)], 8);
    return part;
  });
  const head = bytes.slice(0, 12);
  const size = 4 + parts.reduce((sum, part) => sum + part.length, 0);
  head.set(littleEndian(size), 4);
  return joinBytes([head, ...parts]);
}

/** Most bytes that a pixel takes of what no encoder wrote: 1.5 numbers of 14 bits (RFC 6386, section 13.2). */
const MOST_BYTES_A_PIXEL = 3;
/** What stands in a frame of several in front of its own chunks (RFC 9649, section 2.7.3). */
const FRAME_HEAD = 16;

/**
 * The file up to the picture that its end cuts off, then enough of `filling` for any decoder to come to the picture's
 * end, and nothing that turns it. Undefined when there is no such picture.
 */
export function filledUpWebp(bytes: Uint8Array<ArrayBuffer>, filling: number): Uint8Array<ArrayBuffer> | undefined {
  const { chunks } = walk(bytes);
  const [first] = chunks;
  const at = chunks.findIndex(({ type }) => PICTURE_DATA.has(type));
  const cut = chunks[at];
  if (first === undefined || cut === undefined || cut.isWhole) return undefined;
  const { width, height } = sizeOf(bytes, first);
  const room = Math.min(width * height, MAX_DECODED_PIXELS) * MOST_BYTES_A_PIXEL;
  const end = bytes.length + room + (room % 2);
  const filled = new Uint8Array(end + (end % 2)).fill(filling);
  filled.set(bytes);
  const inner = cut.type === 'ANMF' ? lastChunkFrom(bytes, cut.start + 8 + FRAME_HEAD) : undefined;
  for (const start of [cut.start, inner]) {
    if (start !== undefined) filled.set(littleEndian(filled.length - start - 8), start + 4);
  }
  return withoutMetadata(filled, [...chunks.slice(0, at), { ...cut, end: filled.length }]);
}

/** Where the chunk begins in which the file ends. */
function lastChunkFrom(bytes: Uint8Array, from: number): number | undefined {
  let at = from;
  while (at + 8 <= bytes.length) {
    const size = uint32(bytes, at + 4, true);
    if (at + 8 + size > bytes.length) return at;
    at += 8 + size + (size % 2);
  }
  return undefined;
}

const littleEndian = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

/** Reads a WebP file's chunks. Never throws, whatever the bytes. */
export function readWebp(bytes: Uint8Array<ArrayBuffer>): PictureMetadata {
  const { chunks, complete } = walk(bytes);
  const first = chunks[0];
  if (first === undefined) return { ...UNKNOWN_METADATA, complete: false };
  const { width, height, alpha } = sizeOf(bytes, first);
  const find = (type: string): Uint8Array | undefined => {
    const chunk = chunks.find((candidate) => candidate.type === type);
    return chunk === undefined ? undefined : bytes.subarray(chunk.start + 8, chunk.end);
  };
  const exifBlock = find('EXIF');
  const exif = exifBlock === undefined ? NO_EXIF : readExif(exifPayload(exifBlock));
  const xmp = find('XMP ');
  const profile = find('ICCP');
  return {
    ...UNKNOWN_METADATA,
    width,
    height,
    orientation: exif.orientation,
    colour: profile === undefined ? 'srgb' : profileColour(profile),
    mayHaveAlpha: alpha,
    animated: hasAscii(bytes, first.start, 'VP8X') && (uint8(bytes, first.start + 8) & FLAG_ANIMATION) !== 0,
    removable: {
      location: exif.hasLocation || (xmp !== undefined && indexOfAscii(xmp, 'GPSLatitude') >= 0),
      other: exifBlock !== undefined || xmp !== undefined,
    },
    complete,
    stripped: complete ? withoutMetadata(bytes, chunks) : undefined,
  };
}
