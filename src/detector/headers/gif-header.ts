import type { PictureHeader } from './picture-header.ts';
import { viewOf } from './read-bytes.ts';

const HEADER_BYTES = 13;
const EXTENSION = 0x21;
const IMAGE = 0x2c;

/** Bytes of a colour table, as its flags say it (GIF 89a, 18 and 20). */
const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

/** Place behind a row of sub-blocks, each with its length in front, which an empty one ends. */
function skipSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let length = bytes[at]; length !== undefined && length !== 0; length = bytes[at]) at += 1 + length;
  return at + 1;
}

/** Walks the blocks of a GIF. The canvas is the logical screen, or what the largest frame needs of it. */
export function readGifHeader(bytes: Uint8Array): PictureHeader {
  const none = { width: 0, height: 0, bytesPerPixel: 4, scans: 1, profile: undefined };
  if (bytes.length < HEADER_BYTES) return none;
  const view = viewOf(bytes);
  let width = view.getUint16(6, true);
  let height = view.getUint16(8, true);
  for (let at = HEADER_BYTES + tableBytes(bytes[10] ?? 0); at < bytes.length; ) {
    if (bytes[at] === EXTENSION) {
      at = skipSubBlocks(bytes, at + 2);
    } else if (bytes[at] === IMAGE && at + 10 <= bytes.length) {
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      at = skipSubBlocks(bytes, at + 10 + tableBytes(bytes[at + 9] ?? 0) + 1);
    } else break;
  }
  return { ...none, width, height };
}
