import { joinBytes } from '#shared/join-bytes.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Why a request body could not be taken; `gone` means that the caller went away. */
export type BodyFailure = 'too-large' | 'too-slow' | 'gone';

/** How much of a body is read, in bytes, and how long that may take, in milliseconds. */
export type BodyLimits = {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** For a body that may take longer as long as it keeps coming. */
  readonly pace?: BodyPace;
};

/**
 * A body is timed from its last piece, and after `timeoutMs` it must have come at a pace that honest lines have. Only the
 * time counts in which the caller is waited for.
 */
export type BodyPace = {
  /** Longest silence between two pieces, in milliseconds. */
  readonly silenceMs: number;
  /** Least speed on the whole, in bytes per second: what drips more slowly holds a place for nothing. */
  readonly bytesPerSecond: number;
  /** Runs with every piece. */
  readonly onPiece: () => void;
};

/** Breaks a limited stream; whoever reads the stream finds the cause in `failure`. */
export class BodyError extends Error {
  readonly failure: BodyFailure;
  constructor(failure: BodyFailure) {
    super(`The request body is ${failure}`);
    this.name = 'BodyError';
    this.failure = failure;
  }
}

/** Length that the request declares, in bytes; undefined when it declares none (chunked). */
export function declaredLength(request: Request): number | undefined {
  const header = request.headers.get('content-length');
  if (header === null || request.headers.has('transfer-encoding') || !/^\d{1,15}$/.test(header)) return undefined;
  return Number(header);
}

/**
 * The request body as a stream that breaks with a `BodyError`, and with nothing else, when it ends too soon or is longer
 * or slower than allowed: whoever stores it can tell the caller's trouble from the disk's. The length is counted while it
 * streams, so a false `Content-Length` or none at all changes nothing.
 */
export function limitBody(request: Request, limits: BodyLimits): ReadableStream<Uint8Array> {
  const reader = piecesOf(request).getReader();
  const { pace, timeoutMs } = limits;
  let seen = 0;
  let waitedMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const startClock = (controller: ReadableStreamDefaultController<Uint8Array>, ms: number) => {
    timer = setTimeout(() => {
      controller.error(new BodyError('too-slow'));
      leave();
    }, ms);
    keepNobodyAlive(timer);
  };
  const leave = () => {
    clearTimeout(timer);
    // What it rejects with is the error that is told already.
    reader.cancel().catch(() => {});
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (pace === undefined) startClock(controller, timeoutMs);
    },
    async pull(controller) {
      const began = performance.now();
      if (pace !== undefined) startClock(controller, Math.min(timeoutMs, pace.silenceMs));
      const piece = await reader.read().catch(() => {
        clearTimeout(timer);
        throw new BodyError('gone');
      });
      if (piece.done) {
        clearTimeout(timer);
        controller.close();
        return;
      }
      seen += piece.value.byteLength;
      if (seen > limits.maxBytes) {
        leave();
        throw new BodyError('too-large');
      }
      if (pace !== undefined) {
        clearTimeout(timer);
        waitedMs += performance.now() - began;
        if (seen < ((waitedMs - timeoutMs) / 1000) * pace.bytesPerSecond) {
          leave();
          throw new BodyError('too-slow');
        }
        pace.onPiece();
      }
      controller.enqueue(piece.value);
    },
    cancel: leave,
  });
}

/** The body as it comes; in one piece where requests have no stream of it (Firefox). */
function piecesOf(request: Request): ReadableStream<Uint8Array> {
  const body: ReadableStream<Uint8Array> | null | undefined = request.body;
  if (body === null) return new Blob([]).stream();
  if (body !== undefined) return body;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = new Uint8Array(await request.arrayBuffer());
        if (bytes.byteLength > 0) controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** A timer of Node's keeps its process alive until it has run; other hosts have none that does. */
function keepNobodyAlive(timer: unknown): void {
  if (typeof timer !== 'object' || timer === null || !('unref' in timer)) return;
  if (typeof timer.unref === 'function') timer.unref();
}

/** The whole body in memory, for small ones. */
export async function readBody(
  request: Request,
  limits: BodyLimits,
): Promise<Result<Uint8Array<ArrayBuffer>, BodyFailure>> {
  if ((declaredLength(request) ?? 0) > limits.maxBytes) return err('too-large');
  // By hand: streams cannot be iterated everywhere.
  const reader = limitBody(request, limits).getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value);
  } catch (error) {
    if (error instanceof BodyError) return err(error.failure);
    throw error;
  }
  return ok(joinBytes(chunks));
}
