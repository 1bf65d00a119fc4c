import { MAX_DECODED_BYTES } from '#contract/limits.ts';
import { uint32 } from '#shared/formats/bytes.ts';
import type { PictureFormat } from '#shared/formats/format.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { firstFrame } from '../formats/gif.ts';
import { withWholeFrame } from '../formats/gif-mend.ts';
import { pngParts } from '../formats/png.ts';
import { pngChunk } from '../formats/png-writer.ts';
import type { PictureMetadata } from '../model/picture-metadata.ts';

/**
 * Makes what is there of a file that ends too early into a file that every decoder reads to its end: `stripped` of what
 * comes back. Where all of the picture turns out to be there after all, it is `complete`. JPEG brings this along from
 * reading its header; formats that only their decoder can judge come back as they are.
 */
export async function mend(
  bytes: Uint8Array<ArrayBuffer>,
  format: PictureFormat,
  metadata: PictureMetadata,
): Promise<PictureMetadata> {
  switch (format) {
    case 'png':
      return mendPng(bytes, metadata);
    case 'bmp':
      return mendBmp(bytes, metadata);
    case 'gif':
      return mendGif(bytes, metadata);
    default:
      return metadata;
  }
}

/** The last row's filling to a multiple of four bytes is left out by some programs, and missed by nobody. */
const FILLING = 3;

function mendBmp(bytes: Uint8Array<ArrayBuffer>, metadata: PictureMetadata): PictureMetadata {
  const stripped = filledUp(bytes, bmpLength(bytes, metadata));
  return { ...metadata, complete: stripped.length - bytes.length <= FILLING, stripped, mended: 'by-guess' };
}

/** Rows of a BMP are a multiple of four bytes; the header's own count of bits is at a fixed place in all but the oldest. */
function bmpLength(bytes: Uint8Array, { width, height }: PictureMetadata): number {
  const core = uint32(bytes, 14, true) === 12;
  const bits = (bytes[core ? 24 : 28] ?? 0) | 0;
  return uint32(bytes, 10, true) + Math.ceil((width * Math.min(bits, 32)) / 32) * 4 * height;
}

/** The bytes with zeros behind them, as a disk leaves them where a download stopped. */
function filledUp(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const filled = new Uint8Array(Math.max(length, bytes.length));
  filled.set(bytes);
  return filled;
}

function mendGif(bytes: Uint8Array<ArrayBuffer>, metadata: PictureMetadata): PictureMetadata {
  const frame = firstFrame(bytes);
  const whole = frame === undefined ? undefined : withWholeFrame(bytes, frame);
  if (whole === undefined) return metadata;
  return { ...metadata, complete: whole.complete, stripped: whole.bytes, mended: 'by-guess' };
}

async function mendPng(bytes: Uint8Array<ArrayBuffer>, metadata: PictureMetadata): Promise<PictureMetadata> {
  const parts = pngParts(bytes);
  if (parts === undefined || parts.unpackedLength > MAX_DECODED_BYTES) return metadata;
  const rows = new Uint8Array(parts.unpackedLength);
  const there = await unpackInto(rows, parts.packed);
  if (there === 0) return metadata;
  const packed = await pack(rows);
  return {
    ...metadata,
    complete: there === rows.length,
    stripped: joinBytes([parts.head, pngChunk('IDAT', packed), pngChunk('IEND', new Uint8Array())]),
    mended: 'exactly',
  };
}

/** Unpacks as much as there is, and no more than there is room for; gives its length in bytes. */
async function unpackInto(room: Uint8Array, packed: Uint8Array<ArrayBuffer>): Promise<number> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  let length = 0;
  try {
    while (length < room.length) {
      const read = await reader.read();
      if (read.done) return length;
      const part = read.value.subarray(0, room.length - length);
      room.set(part, length);
      length += part.length;
    }
    await reader.cancel();
  } catch {
    // The stream stops in the middle, which is why we are here: what came until then counts.
  }
  return length;
}

async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
