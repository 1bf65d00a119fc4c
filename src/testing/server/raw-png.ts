/** A PNG with this header, these chunks behind it and these compressed pixels, whether they fit or not. */
export function pngWith(
  header: {
    readonly width: number;
    readonly height: number;
    readonly depth: number;
    readonly colourType: number;
    readonly interlaced: boolean;
  },
  chunks: readonly Buffer[],
  pixels: Buffer,
): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(header.width, 0);
  data.writeUInt32BE(header.height, 4);
  data.set([header.depth, header.colourType, 0, 0, header.interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', data),
    ...chunks,
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG of 8-bit grey with these compressed pixels, whether they fit or not. */
export const pngOf = (width: number, height: number, pixels: Buffer): Buffer =>
  pngWith({ width, height, depth: 8, colourType: 0, interlaced: false }, [], pixels);

/** A chunk of a PNG with its length and checksum. */
export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The checksum of PNG chunks (ISO 3309). `node:zlib` has one from Node 20.15 on, without types in our version. */
function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
