import { uint8, uint16 } from '#shared/formats/bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import type { GifFrame } from './gif-mend.ts';

const IMAGE = 0x2c;
const EXTENSION = 0x21;

/** Place behind a chain of sub-blocks, each a length byte and its data, ended by length 0. */
function skipSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && uint8(bytes, at) !== 0) at += uint8(bytes, at) + 1;
  return at + 1;
}

const colourTableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1));

/** Index of the colour that is nearest to a middle grey, as other formats show what they lack. */
function nearestGrey(table: Uint8Array): number {
  const far = (at: number) => [0, 1, 2].reduce((sum, part) => sum + Math.abs(uint8(table, at * 3 + part) - 128), 0);
  let nearest = 0;
  for (let at = 1; at < table.length / 3; at += 1) if (far(at) < far(nearest)) nearest = at;
  return nearest;
}

/** Where the first frame lies; undefined when the file ends before its data. Never throws. */
export function firstFrame(bytes: Uint8Array): GifFrame | undefined {
  const common = colourTableBytes(uint8(bytes, 10));
  let transparent: number | undefined;
  for (let at = 13 + common; at < bytes.length; ) {
    if (uint8(bytes, at) === IMAGE) {
      const own = colourTableBytes(uint8(bytes, at + 9));
      const data = at + 10 + own;
      if (data + 1 >= bytes.length) return undefined;
      const table = own > 0 ? bytes.subarray(at + 10, data) : bytes.subarray(13, 13 + common);
      return { start: at, data, blank: transparent ?? nearestGrey(table) };
    }
    if (uint8(bytes, at) !== EXTENSION) return undefined;
    if (uint8(bytes, at + 1) === 0xf9 && (uint8(bytes, at + 3) & 1) === 1) transparent = uint8(bytes, at + 6);
    at = skipSubBlocks(bytes, at + 2);
  }
  return undefined;
}

/** Reads a GIF file's blocks as far as its second frame (GIF89a, sections 17 to 27). Never throws. */
export function readGif(bytes: Uint8Array): PictureMetadata {
  let at = 13 + colourTableBytes(uint8(bytes, 10));
  let frames = 0;
  let transparent = false;
  while (at < bytes.length && frames < 2) {
    const block = uint8(bytes, at);
    if (block === EXTENSION) {
      if (uint8(bytes, at + 1) === 0xf9 && (uint8(bytes, at + 3) & 1) === 1) transparent = true;
      at = skipSubBlocks(bytes, at + 2);
    } else if (block === IMAGE) {
      at = skipSubBlocks(bytes, at + 11 + colourTableBytes(uint8(bytes, at + 9)));
      if (at <= bytes.length) frames += 1;
    } else break;
  }
  return {
    ...UNKNOWN_METADATA,
    width: uint16(bytes, 6, true),
    height: uint16(bytes, 8, true),
    mayHaveAlpha: transparent,
    animated: frames > 1,
    complete: frames > 0,
  };
}
