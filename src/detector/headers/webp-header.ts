import { MAX_PROFILE_BYTES, type PictureHeader } from './picture-header.ts';

/** A chunk's type as the number that it is read as: a text for each of three million empty chunks takes a second. */
const typeOf = (name: string): number => Buffer.from(name, 'latin1').readUInt32BE(0);
const VP8X = typeOf('VP8X');
const VP8L = typeOf('VP8L');
const VP8 = typeOf('VP8 ');
const ICCP = typeOf('ICCP');

type Size = { readonly width: number; readonly height: number };

/** The size in a chunk (RFC 9649): of the canvas, of a lossless picture, or of a lossy one. */
function sizeIn(type: number, data: Buffer): Size | undefined {
  if (type === VP8X && data.length >= 10) {
    return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
  }
  if (type === VP8L && data.length >= 5) {
    const bits = data.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (type === VP8 && data.length >= 10) {
    return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  }
  return undefined;
}

/** Walks the chunks of a WebP; what is decoded is always red, green, blue and alpha. */
export function readWebpHeader(bytes: Buffer): PictureHeader {
  let size: Size = { width: 0, height: 0 };
  let profile: Buffer | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = bytes.readUInt32BE(at);
    const length = bytes.readUInt32LE(at + 4);
    if (length >= 5 && (type === VP8X || type === VP8L || type === VP8)) {
      const said = sizeIn(type, bytes.subarray(at + 8, at + 8 + length));
      if (said !== undefined && said.width * said.height > size.width * size.height) size = said;
    }
    if (type === ICCP) profile ??= bytes.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  const isLong = profile !== undefined && profile.length > MAX_PROFILE_BYTES;
  return { ...size, bytesPerPixel: 4, scans: 1, profile: isLong ? 'too-long' : profile };
}
