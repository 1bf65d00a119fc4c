import { pipeline, Transform } from 'node:stream';
import * as zlib from 'node:zlib';

/**
 * Replies that come packed although nobody asked for it. Bytes are counted after every step, so that a small reply that
 * unpacks to gigabytes ends early wherever in the chain it grows.
 */

/** The bytes are more than allowed. */
export class TooLongError extends Error {}

/** Most codings one upon another: more is a game. */
const MOST_CODINGS = 3;

type Pieces = AsyncIterable<Uint8Array>;

/**
 * The bytes behind `Content-Encoding`; undefined for one that this Node cannot unpack. Iterating rejects with a
 * `TooLongError` beyond `maxBytes`, and with zlib's error where the packed bytes are broken or end too soon.
 */
export function unpacked(body: Pieces, contentEncoding: string | undefined, maxBytes: number): Pieces | undefined {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > MOST_CODINGS) return undefined;
  let pieces = counted(body, maxBytes);
  // Listed in the order in which they were applied (RFC 9110, 8.4).
  for (const coding of codings.toReversed()) {
    const unpack = UNPACKERS.get(coding);
    if (unpack === undefined) return undefined;
    pieces = counted(unpackWith(pieces, unpack), maxBytes);
  }
  return pieces;
}

async function* counted(pieces: Pieces, maxBytes: number): Pieces {
  let seen = 0;
  for await (const piece of pieces) {
    seen += piece.byteLength;
    if (seen > maxBytes) throw new TooLongError('The reply is too long');
    yield piece;
  }
}

/** Chooses by the first bytes; undefined when they are not packed at all, whatever the header says. */
type Unpacker = (start: Uint8Array) => Transform | undefined;

async function* unpackWith(pieces: Pieces, unpack: Unpacker): Pieces {
  const iterator = pieces[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  let isWhole = false;
  while (start.byteLength < 2 && !isWhole) {
    const { done, value } = await iterator.next();
    if (done === true) isWhole = true;
    else start = Buffer.concat([start, value]);
  }
  // An answer without a body may still name a coding.
  if (start.byteLength === 0) return;
  const rest = async function* (): Pieces {
    try {
      yield start;
      if (!isWhole) for await (const piece of { [Symbol.asyncIterator]: () => iterator }) yield piece;
    } finally {
      await iterator.return?.();
    }
  };
  const transform = unpack(start);
  if (transform === undefined) {
    yield* rest();
    return;
  }
  // What fails is told by the transform, which is destroyed with the same error.
  pipeline(rest(), transform, () => {});
  for await (const piece of transform) yield asBytes(piece);
}

const asBytes = (piece: unknown): Uint8Array => (piece instanceof Uint8Array ? piece : Buffer.from(String(piece)));

/** `Z_BUF_ERROR` at the end of bytes that are cut off is wanted: half an answer is none. */
const gunzip: Unpacker = ([first, second]) => (first === 0x1f && second === 0x8b ? zlib.createGunzip() : undefined);

/** With zlib's two bytes before it, as the standard says, or without, as some servers send it. */
const inflate: Unpacker = ([first = 0, second = 0]) =>
  (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0 ? zlib.createInflate() : zlib.createInflateRaw();

const UNPACKERS: ReadonlyMap<string, Unpacker> = new Map<string, Unpacker>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', () => zlib.createBrotliDecompress()],
  ...zstd(),
]);

/** Newer versions of Node than the oldest that we run on know zstd. */
function zstd(): readonly (readonly [string, Unpacker])[] {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  if (typeof create !== 'function') return [];
  return [
    [
      'zstd',
      () => {
        const made: unknown = create();
        return made instanceof Transform ? made : undefined;
      },
    ],
  ];
}
