import { hasAscii, indexOfAscii, latin1, uint8, uint32 } from '#shared/formats/bytes.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import { exifPayload, NO_EXIF, readExif } from './exif.ts';

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

/** Chunks up to IEND: length, type, data, check sum (PNG, third edition, section 5.3). */
function walk(bytes: Uint8Array): { readonly chunks: readonly Chunk[]; readonly complete: boolean } {
  const chunks: Chunk[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + uint32(bytes, at);
    if (end > bytes.length) return { chunks, complete: false };
    const type = latin1(bytes, at + 4, 4);
    chunks.push({ type, start: at, end });
    if (type === 'IEND') return { chunks, complete: chunks.some((chunk) => chunk.type === 'IDAT') };
    at = end;
  }
  return { chunks, complete: false };
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
