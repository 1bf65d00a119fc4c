import { crc32 } from 'node:zlib';

let count = 0;

/**
 * The same picture as bytes that nobody has seen: a comment is put behind the file's head. Pixels, size and work stay
 * the same, and no cache that knows the content can answer.
 */
export function unseenBytes(picture: Uint8Array): Buffer {
  const text = Buffer.from(`unseen ${process.pid} ${++count}`);
  const isPng = picture[0] === 0x89;
  const headLength = isPng ? PNG_HEAD : JPEG_HEAD;
  const head = Buffer.from(picture.subarray(0, headLength));
  return Buffer.concat([head, isPng ? pngText(text) : jpegComment(text), picture.subarray(headLength)]);
}

/** Start of image, `FF D8`. */
const JPEG_HEAD = 2;
/** Signature (8 bytes) and IHDR (length, type, 13 bytes, checksum). */
const PNG_HEAD = 8 + 4 + 4 + 13 + 4;

/** A COM segment (ITU T.81, B.2.4.5). */
function jpegComment(text: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([head, text]);
}

/** A tEXt chunk (PNG specification, 11.3.4.3). */
function pngText(text: Buffer): Buffer {
  const typeAndData = Buffer.concat([Buffer.from('tEXtComment\0', 'latin1'), text]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(typeAndData.length - 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(typeAndData));
  return Buffer.concat([length, typeAndData, checksum]);
}
