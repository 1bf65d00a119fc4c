import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BodyError } from '#api/body.ts';
import { startDeadline } from '#api/deadline.ts';
import type { CallContext, Engine, EngineAnswer, EngineReply } from '#api/engine.ts';
import { contractPaths } from '#contract/routes.ts';
import { UPLOADED_ASSETS_QUERY } from '#contract/uploaded-assets.ts';
import { errorCode } from '#shared/error-code.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { err, ok } from '#shared/result.ts';
import { maskSecret } from './mask-secret.ts';
import { TooLongError, unpacked } from './unpack.ts';
import { createVendorTransport } from './vendor-transport.ts';

/** Longest reply that is passed on, in bytes. Honest ones are JSON of some kilobytes; a thousand faces are 1 MB. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024;

/**
 * How much of a reply is taken in before any of it is passed on, in bytes: nearly every reply as a whole, so that one that
 * breaks off is told as what it is instead of cutting the caller's connection.
 */
const HELD_BYTES = 1024 * 1024;

/** The headers of a reply that are passed on. Everything else, hop-by-hop headers and cookies first, is dropped. */
const PASSED_HEADERS = ['content-type', 'retry-after'] as const;

type Call = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly contentType?: string;
  readonly length?: number | undefined;
  readonly body?: string | ReadableStream<Uint8Array>;
};

/**
 * The one status that is not passed on as it is: a browser that gets 408 on a connection that it used before sends the
 * request once more by itself, a paid one as well.
 */
const REQUEST_TIMEOUT = 408;
const GATEWAY_TIMEOUT = 504;

const NOT_PASSED_ON = 'its answer was not one that can be passed on';

/** Why a call did not reach the service, in words, without what the system calls it. */
function serviceUnreachableReason(error: unknown): string {
  const code = errorCode(error) ?? '';
  if (/^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/.test(code)) return 'its certificate is not valid';
  // What came is not HTTP, or more of it than is taken.
  if (code.startsWith('HPE_')) return NOT_PASSED_ON;
  switch (code) {
    case 'ETIMEDOUT':
      return 'it did not answer';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its host name was not found';
    case 'ECONNREFUSED':
      return 'it refused the connection';
    default:
      return 'the connection broke';
  }
}

/** One segment of a path; dots alone would climb out of the contract. */
const segment = (text: string): string => (/^\.{1,2}$/.test(text) ? '%2E' : encodeURIComponent(text));

/** Form fields are text; the vendor's JSON takes these as numbers. */
const NUMERIC_FIELDS = new Set(['faceNo', 'faceStrength', 'imageCount']);
const toJsonFields = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) =>
      NUMERIC_FIELDS.has(name) && typeof value === 'string' && /^\d+$/.test(value)
        ? [name, Number(value)]
        : [name, value],
    ),
  );

/**
 * The live service behind the one contract. Only what the contract names is sent on: method, path, known parameters,
 * the body's type and the token. Status and body come back as they were, but for 408, which is 504 here, and for bytes
 * that came packed; redirects are not followed. The token is masked in whatever the service echoes.
 */
export function createKlingEngine(options: {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly maxReplyBytes?: number;
}): Engine {
  const maxReplyBytes = options.maxReplyBytes ?? MAX_REPLY_BYTES;
  const transport = createVendorTransport();

  const send = async (call: Call, context: CallContext): EngineAnswer => {
    const url = new URL(`${options.baseUrl}${call.path}`);
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, value);
    const headers: Record<string, string> = {
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': options.userAgent,
      authorization: `Bearer ${context.token ?? ''}`,
    };
    if (call.contentType !== undefined) headers['content-type'] = call.contentType;
    if (call.length !== undefined) headers['content-length'] = String(call.length);
    const deadline = startDeadline(options.timeoutMs, context.signal);
    try {
      const reply = await transport.send({
        method: call.method,
        url,
        headers,
        body: call.body,
        signal: deadline.signal,
        onProgress: deadline.restart,
      });
      const pieces = bodyOf(reply, maxReplyBytes);
      const status = reply.statusCode ?? 0;
      if (status < 200 || status > 599 || pieces === undefined) {
        deadline.stopClock();
        reply.on('error', () => {}).destroy();
        return err({ code: 'unreachable', reason: NOT_PASSED_ON });
      }
      const passed = maskedPieces(pieces, context.token);
      const held = await takeIn(passed);
      if (held.isWhole) deadline.stopClock();
      const end = () => {
        deadline.stopClock();
        // A piece that is waited for would hold the answer otherwise.
        reply.destroy();
      };
      return ok({
        status: status === REQUEST_TIMEOUT ? GATEWAY_TIMEOUT : status,
        headers: passedHeaders(reply.headers, context.token),
        body: held.isWhole ? held.bytes : restOf(held.bytes, passed, end),
      } satisfies EngineReply);
    } catch (error) {
      deadline.stopClock();
      if (error instanceof BodyError && error.failure !== 'gone') return err({ code: 'body', why: error.failure });
      if (deadline.isOver()) return err({ code: 'too-slow' });
      if (context.signal.aborted) return err({ code: 'cancelled' });
      if (error instanceof BodyError) return err({ code: 'body', why: error.failure });
      if (error instanceof BrokenReplyError) return err({ code: 'reply-broken', reason: error.message });
      return err({ code: 'unreachable', reason: serviceUnreachableReason(error) });
    } finally {
      deadline.forgetCaller();
    }
  };

  const postJson = (path: string, fields: Readonly<Record<string, unknown>>, context: CallContext) =>
    send({ method: 'POST', path, contentType: 'application/json', body: JSON.stringify(fields) }, context);

  return {
    name: 'kling',
    uploadAsset: ({ body, length, contentType, email }, context) =>
      send({ method: 'POST', path: contractPaths.assets, query: { email }, contentType, length, body }, context),
    recognizeFaces: ({ imageReference, email }, context) =>
      postJson(contractPaths.recognizeFaces, { ...(email === undefined ? {} : { email }), imageReference }, context),
    listAccounts: (context) => send({ method: 'GET', path: contractPaths.accounts }, context),
    showAccount: ({ email }, context) =>
      send({ method: 'GET', path: `${contractPaths.accounts}/${segment(email)}` }, context),
    generate: ({ fields }, context) => postJson(contractPaths.kolors, toJsonFields(fields), context),
    showTask: ({ taskId, email }, context) =>
      send({ method: 'GET', path: `${contractPaths.tasks}/${segment(taskId)}`, query: { email } }, context),
    deleteTask: ({ taskId, email }, context) =>
      send({ method: 'DELETE', path: `${contractPaths.tasks}/${segment(taskId)}`, query: { email } }, context),
    listUploadedAssets: ({ query }, context) =>
      send(
        {
          method: 'GET',
          path: contractPaths.uploadedAssets,
          query: Object.fromEntries(UPLOADED_ASSETS_QUERY.map((name) => [name, query[name]])),
        },
        context,
      ),
    deleteUploadedAssets: ({ email, ids }, context) =>
      send({ method: 'DELETE', path: contractPaths.uploadedAssets, query: { email, id: ids } }, context),
    listFreePlaces: (context) => send({ method: 'GET', path: contractPaths.freePlaces }, context),
    downloadAsset: ({ query }, context) =>
      send(
        {
          method: 'GET',
          path: contractPaths.download,
          query: { email: query['email'], workIds: query['workIds'], fileTypes: query['fileTypes'] },
        },
        context,
      ),
    // What waits for its turn does so before it comes here.
    drain: () => {},
    close: async () => transport.close(),
  };
}

function passedHeaders(headers: IncomingHttpHeaders, token: string | undefined): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of PASSED_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string')
      passed[name] = token === undefined ? value : value.replaceAll(token, '*'.repeat(token.length));
  }
  return passed;
}

/** An answer began and cannot be taken whole; the message says why. */
class BrokenReplyError extends Error {}

/** The reply's bytes, unpacked; undefined when it announces too many, or is packed in a way that is not known. */
function bodyOf(reply: IncomingMessage, maxBytes: number): AsyncIterable<Uint8Array> | undefined {
  if (Number(reply.headers['content-length'] ?? 0) > maxBytes) return undefined;
  return unpacked(reply, reply.headers['content-encoding'], maxBytes);
}

/** The bytes with the token masked, in pieces that are not empty. Rejects with a `BrokenReplyError`. */
async function* maskedPieces(
  pieces: AsyncIterable<Uint8Array>,
  token: string | undefined,
): AsyncGenerator<Uint8Array, undefined> {
  const mask = maskSecret(token);
  try {
    for await (const piece of pieces) {
      const masked = mask.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
      if (masked.byteLength > 0) yield masked;
    }
  } catch (error) {
    throw new BrokenReplyError(
      error instanceof TooLongError
        ? 'it was longer than any answer'
        : errorCode(error)?.startsWith('Z_') || errorCode(error)?.startsWith('ERR_')
          ? 'it could not be unpacked'
          : 'it ended before it was whole',
      { cause: error },
    );
  }
  const rest = mask.end();
  if (rest.byteLength > 0) yield rest;
}

/** The reply up to `HELD_BYTES` and whether that is all of it. */
async function takeIn(
  pieces: AsyncGenerator<Uint8Array, undefined>,
): Promise<{ readonly isWhole: boolean; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length <= HELD_BYTES) {
    const { done, value } = await pieces.next();
    if (done === true) return { isWhole: true, bytes: joinBytes(taken) };
    taken.push(value);
    length += value.byteLength;
  }
  return { isWhole: false, bytes: joinBytes(taken) };
}

/** A long reply as it comes: what was taken in, then the rest. It breaks off where the reply does. `ended` always runs. */
function restOf(
  start: Uint8Array,
  pieces: AsyncGenerator<Uint8Array, undefined>,
  ended: () => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(start),
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (done !== true) return controller.enqueue(value);
        ended();
        controller.close();
      } catch (error) {
        ended();
        controller.error(error);
      }
    },
    cancel: ended,
  });
}
