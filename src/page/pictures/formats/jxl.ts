import { hasAscii, latin1, uint8, uint32 } from '#shared/formats/bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';

/** Widths by height where the header names a proportion (ISO 18181-1, table "SizeHeader"). */
const RATIOS = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const;
/** Bits of a side that is not a multiple of eight, by the two bits before it. */
const SIDE_BITS = [9, 13, 18, 30] as const;

/**
 * Reads the size of a JPEG XL picture. Its turning is part of decoding, so it is always upright. A size that comes too
 * late in the file is 0. Never throws.
 */
export function readJxl(bytes: Uint8Array): PictureMetadata {
  const start = codestreamAt(bytes);
  if (start === undefined) return { ...UNKNOWN_METADATA, complete: false };
  let bit = (start + 2) * 8;
  // Bits come lowest first.
  const read = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      value += ((uint8(bytes, bit >> 3) >> (bit & 7)) & 1) * 2 ** index;
      bit += 1;
    }
    return value;
  };
  const isSmall = read(1) === 1;
  const side = (): number => (isSmall ? (read(5) + 1) * 8 : read(SIDE_BITS[read(2)] ?? 9) + 1);
  const height = side();
  const ratio = RATIOS[read(3) - 1];
  const width = ratio === undefined ? side() : Math.floor((height * ratio[0]) / ratio[1]);
  return { ...UNKNOWN_METADATA, width, height, mayHaveAlpha: true };
}

/** Where the picture itself begins: at once, or in the first box that holds any of it (ISO 18181-2). */
function codestreamAt(bytes: Uint8Array): number | undefined {
  if (hasAscii(bytes, 0, '\xff\x0a')) return 0;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const type = latin1(bytes, at + 4, 4);
    const size = uint32(bytes, at);
    const header = size === 1 ? 16 : 8;
    if (type === 'jxlc') return at + header;
    if (type === 'jxlp') return at + header + 4;
    if (size !== 1 && size < 8) return undefined;
    at += size === 1 ? uint32(bytes, at + 8) * 2 ** 32 + uint32(bytes, at + 12) : size;
    if (size === 1 && at <= 0) return undefined;
  }
  return undefined;
}
