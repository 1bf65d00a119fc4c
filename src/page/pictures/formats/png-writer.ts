/** Writes PNG files by hand: browsers' encoders take no colour profile and no bytes of a damaged file. */

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function setUint32(into: Uint8Array, at: number, value: number): void {
  into.set([value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff], at);
}

/** One chunk: length, type, data, check sum (PNG, third edition, section 5.3). */
export function pngChunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(12 + data.length);
  setUint32(chunk, 0, data.length);
  for (let letter = 0; letter < 4; letter += 1) chunk[4 + letter] = type.charCodeAt(letter);
  chunk.set(data, 8);
  setUint32(chunk, 8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** Longest block of a zlib stream that stores its bytes as they are (RFC 1951, 3.2.4). */
const MAX_STORED = 0xffff;
/** So many sums fit into 32 bits before they must be reduced (RFC 1950, section 9). */
const ADLER_RUN = 5552;

/** A zlib stream that stores the bytes as they are: it is read once, right here, so that packing it would be lost time. */
function stored(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.max(1, Math.ceil(bytes.length / MAX_STORED));
  const stream = new Uint8Array(2 + 5 * blocks + bytes.length + 4);
  stream.set([0x78, 0x01]);
  let place = 2;
  for (let block = 0; block < blocks; block += 1) {
    const part = bytes.subarray(block * MAX_STORED, (block + 1) * MAX_STORED);
    const { length } = part;
    stream.set(
      [block === blocks - 1 ? 1 : 0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff],
      place,
    );
    stream.set(part, place + 5);
    place += 5 + length;
  }
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += ADLER_RUN) {
    for (const byte of bytes.subarray(from, from + ADLER_RUN)) {
      low += byte;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  setUint32(stream, place, high * 0x10000 + low);
  return stream;
}

/** A profile's name, which nobody sees, its end, and the number of the one way of packing (section 11.3.2.3). */
const PROFILE_NAME = Uint8Array.of(0x70, 0, 0);

/** RGBA pixels of 8 bits as a PNG whose colours are those of an ICC profile, for a browser to convert. In pieces. */
export function pngWithProfile(
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray },
  profile: Uint8Array,
): readonly Uint8Array<ArrayBuffer>[] {
  const header = new Uint8Array(13);
  setUint32(header, 0, width);
  setUint32(header, 4, height);
  header.set([8, 6], 8);
  const rowBytes = 4 * width;
  const rows = new Uint8Array(height * (rowBytes + 1));
  for (let row = 0; row < height; row += 1) {
    rows.set(data.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  const packed = stored(profile);
  const named = new Uint8Array(PROFILE_NAME.length + packed.length);
  named.set(PROFILE_NAME);
  named.set(packed, PROFILE_NAME.length);
  // The signature and the header in one piece: Firefox recognises a `Blob` by its first piece alone.
  const start = new Uint8Array(SIGNATURE.length + 25);
  start.set(SIGNATURE);
  start.set(pngChunk('IHDR', header), SIGNATURE.length);
  return [start, pngChunk('iCCP', named), pngChunk('IDAT', stored(rows)), pngChunk('IEND', new Uint8Array())];
}
