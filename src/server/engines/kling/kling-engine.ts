import { Readable } from 'node:stream';
import { Agent, errors, request } from 'undici';
import { BodyError } from '#api/body.ts';
import { startDeadline } from '#api/deadline.ts';
import type { CallContext, Engine, EngineAnswer, EngineReply } from '#api/engine.ts';
import { contractPaths } from '#contract/routes.ts';
import { errorCode } from '#shared/error-code.ts';
import { err, ok } from '#shared/result.ts';
import { maskSecret } from './mask-secret.ts';

/** Longest reply that is passed on, in bytes. Honest ones are JSON of some kilobytes; a thousand faces are 1 MB. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

/** The headers of a reply that are passed on. Everything else, hop-by-hop headers and cookies first, is dropped. */
const PASSED_HEADERS = ['content-type', 'retry-after'] as const;

type Call = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly contentType?: string;
  readonly length?: number | undefined;
  readonly body?: string | ReadableStream<Uint8Array>;
};

/** Why a call did not reach the service, in words, without what the system calls it. */
function serviceUnreachableReason(error: unknown): string {
  if (error instanceof errors.ConnectTimeoutError) return 'it did not answer';
  switch (errorCode(error)) {
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
 * the body's type and the token. Status and body come back as they were; redirects are not followed. The token is
 * masked in whatever the service echoes.
 */
export function createKlingEngine(options: {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly maxReplyBytes?: number;
}): Engine {
  const maxReplyBytes = options.maxReplyBytes ?? MAX_REPLY_BYTES;
  const agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: 0,
    bodyTimeout: 0,
    // How many there may be is said where the calls are shared out (`share-out.ts`).
    connections: null,
    maxHeaderSize: 16 * 1024,
  });

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
      const reply = await request(url, {
        dispatcher: agent,
        method: call.method,
        headers,
        body: call.body instanceof ReadableStream ? Readable.fromWeb(call.body) : (call.body ?? null),
        signal: deadline.signal,
      });
      if (
        reply.statusCode < 200 ||
        reply.statusCode > 599 ||
        Number(reply.headers['content-length'] ?? 0) > maxReplyBytes
      ) {
        deadline.stopClock();
        reply.body.on('error', () => {}).destroy();
        return err({ code: 'unreachable', reason: 'its answer was not one that can be passed on' });
      }
      return ok({
        status: reply.statusCode,
        headers: passedHeaders(reply.headers, context.token),
        body: passedBody(reply.body, context.token, maxReplyBytes, deadline.stopClock),
      } satisfies EngineReply);
    } catch (error) {
      deadline.stopClock();
      if (error instanceof BodyError && error.failure !== 'gone') return err({ code: 'body', why: error.failure });
      if (deadline.isOver()) return err({ code: 'too-slow' });
      if (context.signal.aborted) return err({ code: 'cancelled' });
      if (error instanceof BodyError) return err({ code: 'body', why: error.failure });
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
    close: () => agent.destroy(),
  };
}

function passedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  token: string | undefined,
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of PASSED_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string')
      passed[name] = token === undefined ? value : value.replaceAll(token, '*'.repeat(token.length));
  }
  return passed;
}

/** The reply's body with the token masked; it breaks off when it is longer than allowed. `ended` runs in any case. */
function passedBody(
  body: Readable,
  token: string | undefined,
  maxBytes: number,
  ended: () => void,
): ReadableStream<Uint8Array> {
  const mask = maskSecret(token);
  const pieces = body[Symbol.asyncIterator]();
  let seen = 0;
  /** The next piece that is not empty; undefined at the end. */
  const next = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      const { done, value } = await pieces.next();
      if (done === true) {
        const rest = mask.end();
        return rest.byteLength > 0 ? rest : undefined;
      }
      const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
      seen += bytes.byteLength;
      if (seen > maxBytes) throw new Error('The reply of the service is too long');
      const piece = mask.push(bytes);
      if (piece.byteLength > 0) return piece;
    }
  };
  const end = () => {
    ended();
    body.on('error', () => {}).destroy();
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const piece = await next();
        if (piece !== undefined) return controller.enqueue(piece);
        end();
        controller.close();
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    cancel: end,
  });
}
