import { uint8, uint16 } from '#shared/formats/bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';

const IMAGE = 0x2c;
const EXTENSION = 0x21;

/** Place behind a chain of sub-blocks, each a length byte and its data, ended by length 0. */
function skipSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && uint8(bytes, at) !== 0) at += uint8(bytes, at) + 1;
  return at + 1;
}

const colourTableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1));

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
