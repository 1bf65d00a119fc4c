import { decode, decodeImage, toRGBA8 } from 'utif2';

// For print colours utif2 asks `window` for an optional companion, and a worker has no `window`.
Reflect.set(globalThis, 'window', globalThis);

/**
 * Ways of compressing that the decoder knows: none, three kinds of fax, LZW, JPEG (old and new), Deflate (two numbers),
 * PackBits. For any other it would return a black picture instead of failing.
 */
const KNOWN_COMPRESSIONS: ReadonlySet<unknown> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 32_773, 32_946]);
const TAG_COMPRESSION = 't259';

/** The first page of a TIFF file as RGBA, not turned. Throws on what the decoder does not know. */
export function decodeTiff(bytes: Uint8Array<ArrayBuffer>): ImageData {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const [page] = decode(file);
  if (page === undefined) throw new Error('No page');
  const compression = page[TAG_COMPRESSION];
  if (Array.isArray(compression) && !KNOWN_COMPRESSIONS.has(compression[0])) throw new Error('Unknown compression');
  decodeImage(file, page);
  const pixels = new Uint8ClampedArray(toRGBA8(page));
  return new ImageData(pixels, page.width, page.height);
}
