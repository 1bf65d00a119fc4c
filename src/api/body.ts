import { err, ok, type Result } from '#domain/result.ts';

/** Why a request body could not be taken. */
export type BodyFailure = 'too-large' | 'too-slow' | 'gone';

/** How much of a body is read, in bytes, and how long that may take, in milliseconds. */
export type BodyLimits = { readonly maxBytes: number; readonly timeoutMs: number };

/** Breaks a limited stream; whoever reads the stream finds the cause in `failure`. */
export class BodyError extends Error {
  readonly failure: BodyFailure;
  constructor(failure: BodyFailure) {
    super(`The request body is ${failure}`);
    this.name = 'BodyError';
    this.failure = failure;
  }
}

/** The failure behind an error that a limited stream threw; any other error means that the caller went away. */
export const bodyFailureOf = (error: unknown): BodyFailure => (error instanceof BodyError ? error.failure : 'gone');

/** Length that the request declares, in bytes; undefined when it declares none (chunked). */
export function declaredLength(request: Request): number | undefined {
  const header = request.headers.get('content-length');
  if (header === null || request.headers.has('transfer-encoding') || !/^\d{1,15}$/.test(header)) return undefined;
  return Number(header);
}

/**
 * The request body as a stream that breaks with a `BodyError` once it is longer or slower than allowed. The length is
 * counted while it streams, so a false `Content-Length` or none at all changes nothing.
 */
export function limitBody(request: Request, limits: BodyLimits): ReadableStream<Uint8Array> {
  const source = request.body;
  if (source === null) return new Blob([]).stream();
  let seen = 0;
  let timer: NodeJS.Timeout | undefined;
  return source.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      start(controller) {
        timer = setTimeout(() => controller.error(new BodyError('too-slow')), limits.timeoutMs);
        timer.unref();
      },
      transform(chunk, controller) {
        seen += chunk.byteLength;
        if (seen > limits.maxBytes) {
          clearTimeout(timer);
          throw new BodyError('too-large');
        }
        controller.enqueue(chunk);
      },
      flush() {
        clearTimeout(timer);
      },
    }),
  );
}

/** The whole body in memory, for small ones. */
export async function readBody(request: Request, limits: BodyLimits): Promise<Result<Uint8Array, BodyFailure>> {
  if ((declaredLength(request) ?? 0) > limits.maxBytes) return err('too-large');
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of limitBody(request, limits)) chunks.push(chunk);
  } catch (error) {
    return err(bodyFailureOf(error));
  }
  return ok(Buffer.concat(chunks));
}
