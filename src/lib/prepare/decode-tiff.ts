import { decode, decodeImage, toRGBA8 } from 'utif2';

// For print colours utif2 asks `window` for an optional companion, and a worker has no `window`.
Reflect.set(globalThis, 'window', globalThis);

/** The first page of a TIFF file as RGBA, not turned. Throws on what the decoder does not know. */
export function decodeTiff(bytes: Uint8Array<ArrayBuffer>): ImageData {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const [page] = decode(file);
  if (page === undefined) throw new Error('No page');
  decodeImage(file, page);
  const pixels = new Uint8ClampedArray(toRGBA8(page));
  return new ImageData(pixels, page.width, page.height);
}
