import { deflateSync } from 'node:zlib';
import { chunk, pngWith } from './raw-png.ts';

/** Pictures that are small as files and large as work, and the harmless ones that look like them. */

const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

/** Bits as bytes of a scan: filled up with ones, a zero byte behind every 0xff. */
function scanData(bits: string): Buffer {
  const bytes = (bits.padEnd(Math.ceil(bits.length / 8) * 8, '1').match(/.{8}/g) ?? []).map((byte) =>
    parseInt(byte, 2),
  );
  return Buffer.from(bytes.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])));
}

/** An application's segment of a JPEG. */
export const jpegApp = (number: number, data: Buffer): Buffer => segment(0xe0 + number, data);

/** An ICC profile as segments of a JPEG. */
export function jpegProfile(profile: Buffer): Buffer {
  const size = 60_000;
  const count = Math.ceil(profile.length / size);
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      jpegApp(
        2,
        Buffer.concat([
          Buffer.from('ICC_PROFILE\0', 'latin1'),
          Buffer.from([index + 1, count]),
          profile.subarray(index * size, (index + 1) * size),
        ]),
      ),
    ),
  );
}

/** One colour as a progressive JPEG: one scan of the average colours, and the rest of them with nothing in them. */
export function progressiveJpeg(options: {
  readonly width: number;
  readonly height: number;
  readonly scans: number;
  readonly components?: number;
  /** Goes behind the first marker. */
  readonly apps?: Buffer;
  /** Goes before every scan. */
  readonly between?: Buffer;
}): Buffer {
  const { width, height, scans, components = 1, apps = Buffer.alloc(0), between = Buffer.alloc(0) } = options;
  const ids = Array.from({ length: components }, (_, index) => index + 1);
  const frame = Buffer.alloc(6);
  frame.set([8, 0, 0, 0, 0, components]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  // One code of one bit in each table: "no difference", and "so many blocks end here", up to 32767 of them.
  const table = (kind: number, symbol: number): Buffer => Buffer.from([kind, 1, ...Array(15).fill(0), symbol]);
  let runs = '';
  for (let left = blocks; left > 0; left -= 32_767) {
    runs += `0${Math.max(0, Math.min(left, 32_767) - 16_384)
      .toString(2)
      .padStart(14, '0')}`;
  }
  const averages = Buffer.concat([
    segment(0xda, Buffer.from([components, ...ids.flatMap((id) => [id, 0]), 0, 0, 0])),
    Buffer.alloc(Math.ceil((blocks * components) / 8)),
  ]);
  const empty = scanData(runs);
  const rest = Array.from({ length: scans - 1 }, (_, index) => [
    between,
    segment(0xda, Buffer.from([1, ids[index % components] ?? 1, 0, 1, 63, 0])),
    empty,
  ]).flat();
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    apps,
    segment(0xdb, Buffer.from([0, ...Array(64).fill(1)])),
    segment(0xc2, Buffer.concat([frame, Buffer.from(ids.flatMap((id) => [id, 0x11, 0]))])),
    segment(0xc4, Buffer.concat([table(0x00, 0), table(0x10, 0xe0)])),
    between,
    averages,
    ...rest,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** An ICC profile with nothing in it but a name, of as many characters. */
export function profileNamed(name: string): Buffer {
  const text = Buffer.from(name, 'utf16le').swap16();
  const tag = Buffer.alloc(28);
  tag.write('mluc', 'latin1');
  tag.writeUInt32BE(1, 8);
  tag.writeUInt32BE(12, 12);
  tag.write('enUS', 16, 'latin1');
  tag.writeUInt32BE(text.length, 20);
  tag.writeUInt32BE(28, 24);
  const table = Buffer.alloc(4 + 12);
  table.writeUInt32BE(1, 0);
  table.write('desc', 4, 'latin1');
  table.writeUInt32BE(128 + table.length, 8);
  table.writeUInt32BE(tag.length + text.length, 12);
  const header = Buffer.alloc(128);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  const profile = Buffer.concat([header, table, tag, text]);
  profile.writeUInt32BE(profile.length, 0);
  return profile;
}

/** A profile, or anything else in its place, as a PNG has it. */
export const pngProfile = (profile: Buffer): Buffer =>
  chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0', 'latin1'), deflateSync(profile, { level: 9 })]));

/** A small black PNG with these chunks before its pixels. */
export const smallPng = (...chunks: readonly Buffer[]): Buffer =>
  pngWith(
    { width: 300, height: 300, depth: 8, colourType: 0, interlaced: false },
    chunks,
    deflateSync(Buffer.alloc(301 * 300)),
  );

/** A PNG that says this of itself, and holds next to no pixels. */
export const claimedPng = (width: number, height: number, depth: 8 | 16, colourType: 0 | 2 | 3 | 4 | 6): Buffer =>
  pngWith({ width, height, depth, colourType, interlaced: true }, [], deflateSync(Buffer.alloc(1_000)));
