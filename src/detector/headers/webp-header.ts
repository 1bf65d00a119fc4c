import type { Size } from '#shared/geometry/spaces.ts';
import { MAX_PROFILE_BYTES, type PictureHeader } from './picture-header.ts';
import { fourLetters, viewOf } from './read-bytes.ts';

const VP8X = fourLetters('VP8X');
const VP8L = fourLetters('VP8L');
const VP8 = fourLetters('VP8 ');
const ICCP = fourLetters('ICCP');

/** The size in a chunk (RFC 9649): of the canvas, of a lossless picture, or of a lossy one. */
function sizeIn(type: number, data: Uint8Array): Size | undefined {
  const view = viewOf(data);
  if (type === VP8X && data.length >= 10) {
    return { width: (view.getUint32(4, true) & 0xffffff) + 1, height: (view.getUint32(6, true) >>> 8) + 1 };
  }
  if (type === VP8L && data.length >= 5) {
    const bits = view.getUint32(1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (type === VP8 && data.length >= 10) {
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  return undefined;
}

/** Walks the chunks of a WebP; what is decoded is always red, green, blue and alpha. */
export function readWebpHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  let size: Size = { width: 0, height: 0 };
  let profile: Uint8Array | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = view.getUint32(at);
    const length = view.getUint32(at + 4, true);
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
