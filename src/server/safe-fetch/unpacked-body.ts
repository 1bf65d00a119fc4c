import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { errorCode } from '#shared/error-code.ts';

/** A body in a transfer coding that is not undone here. */
export class UnknownCodingError extends Error {
  readonly coding: string;
  constructor(coding: string) {
    super(`Unknown content coding ${coding}`);
    this.name = 'UnknownCodingError';
    this.coding = coding;
  }
}

/** A body that is not packed as its header says, or that stops in the middle. */
export class PackedBodyError extends Error {
  constructor(cause: unknown) {
    super('The packed body is damaged', { cause });
    this.name = 'PackedBodyError';
  }
}

/** Output is made in pieces of this length, so that whoever counts them can stop long before a bomb is unpacked. */
const CHUNK = 64 * 1024;

/**
 * The bytes of a body as they were before the host packed them (RFC 9110, 8.4), which some do although nobody asked.
 * Whoever reads counts what comes out and stops when it is too much. One coding only: honest hosts use one, and each
 * more would multiply what a bomb unpacks to.
 */
export async function* unpackedBody(
  body: AsyncIterable<Uint8Array>,
  contentEncoding: string | readonly string[] | undefined,
): AsyncGenerator<Uint8Array> {
  const codings = [contentEncoding ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const [coding, ...more] = codings;
  if (coding === undefined) return yield* body;
  if (more.length > 0) throw new UnknownCodingError(codings.join(', '));
  const packed = body[Symbol.asyncIterator]();
  const first = await packed.next();
  const start = first.done === true ? new Uint8Array() : first.value;
  const unpack = unpackerFor(coding, start);
  // Destroys both when either ends, and whoever stops reading ends `unpack`.
  pipeline(Readable.from(startingWith(start, packed)), unpack, () => {});
  try {
    yield* unpack;
  } catch (error) {
    throw /^(?:Z_|ERR_)/.test(errorCode(error) ?? '') ? new PackedBodyError(error) : error;
  } finally {
    unpack.destroy();
  }
}

async function* startingWith(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function unpackerFor(coding: string, start: Uint8Array): Transform {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ chunkSize: CHUNK });
    case 'deflate':
      // Some send it without the wrapping that the name stands for (RFC 9110, 8.4.1.2).
      return ((start[0] ?? 0) & 15) === 8
        ? createInflate({ chunkSize: CHUNK })
        : createInflateRaw({ chunkSize: CHUNK });
    case 'br':
      return createBrotliDecompress({ chunkSize: CHUNK });
    default:
      throw new UnknownCodingError(coding);
  }
}
