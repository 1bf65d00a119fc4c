import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { AwayError } from '#api/away.ts';
import { errorCode } from '#shared/error-code.ts';
import { sendBody } from '../../http/send-body.ts';
import type { S3Config } from './s3-config.ts';

/** What a store tells of an object. */
export type S3Found = {
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since it was written or renewed, by the store's own clock. */
  readonly ageMs: number;
};

/** An object that is being read. Whoever has it reads `body` to its end or cancels it. */
export type S3Object = S3Found & { readonly body: ReadableStream<Uint8Array> };

/** Bytes to store. They may be asked for more than once. */
export type S3Content = {
  /** In bytes. */
  readonly size: number;
  /** SHA-256, hex: signed, so that a store refuses bytes that changed on their way. */
  readonly sha256: string;
  readonly type: string;
  open(): Promise<ReadableStream<Uint8Array> | Uint8Array>;
};

/**
 * A bucket of an S3-compatible store, by whole objects. Only an object that is not there, in a bucket that is there, is
 * missing; every other trouble rejects: with a `StoreFullError` when the store has no room, else with an `AwayError`.
 */
export type S3Client = {
  head(key: string): Promise<S3Found | undefined>;
  get(key: string): Promise<S3Object | undefined>;
  put(key: string, content: S3Content): Promise<void>;
  /** Begins an object's age anew; false when it is not there. */
  renew(key: string, type: string): Promise<boolean>;
  /** False when there is no object to copy. */
  copy(from: string, to: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Resolves when the bucket answers. */
  look(): Promise<void>;
  close(): void;
};

/** The store, or the share of it that we may use, is full: told as a full disk is. */
export class StoreFullError extends Error {
  readonly code = 'ENOSPC';
  constructor() {
    super('The object store has no room left');
    this.name = 'StoreFullError';
  }
}

/** A store that could not be reached, or broke off; `code` is the system's word for it. */
class NetworkError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'NetworkError';
    this.code = code;
  }
}

const CONNECT_MS = 3_000;
/** Longest silence of the store: until it begins to answer, and between two pieces of a body, in milliseconds. */
const SILENCE_MS = 15_000;
/** How long a connection waits for its next call, in milliseconds: less than stores wait, or a call meets a closed one. */
const IDLE_MS = 4_000;
/** Pauses before a call is sent again, in milliseconds: every call may be, and one server of the store may just restart. */
const PAUSES_MS = [100, 400];
/** Longest text of a refusal that is read, in bytes. */
const MAX_TEXT_BYTES = 64 * 1024;
/** That a bucket is there is believed for so long, in milliseconds. */
const BUCKET_HOLDS_MS = 10_000;
/** When an object was renewed. Some stores leave the time of an object alone that is copied onto itself. */
const RENEWED_HEADER = 'x-amz-meta-renewed';
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Refusals that say that there is no room. */
const FULL_CODES: ReadonlySet<string> = new Set(['QuotaExceeded', 'XMinioStorageFull']);

type Call = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content?: S3Content;
  /** Whoever asks would rather hear at once that nobody answers. */
  readonly isQuick?: boolean;
};

export function createS3Client(config: S3Config): S3Client {
  const agents = {
    http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
    https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }),
  };
  const addressOf = (key: string) => `${config.endpoint}/${config.bucket}${key === '' ? '' : `/${key}`}`;

  /** One request on the wire; resolves with the head of its answer. Rejects with the network's trouble, or the body's. */
  const send = async ({ method, key, headers, content, isQuick }: Call): Promise<IncomingMessage> => {
    const { accessKeyId, secretAccessKey, region } = config;
    const signed = await new AwsV4Signer({
      method,
      url: addressOf(key),
      headers: { ...headers, 'x-amz-content-sha256': content?.sha256 ?? EMPTY_SHA256 },
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
    }).sign();
    const length =
      content === undefined ? {} : { 'content-length': String(content.size), 'content-type': content.type };
    const body = await content?.open();
    const { url } = signed;
    const isSecure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = (isSecure ? httpsRequest : httpRequest)(url, {
        agent: isSecure ? agents.https : agents.http,
        method,
        headers: { ...Object.fromEntries(signed.headers), ...length },
      });
      const giveUp = () => request.destroy(Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' }));
      let silence = setTimeout(giveUp, isQuick === true ? CONNECT_MS : CONNECT_MS + SILENCE_MS);
      const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(giveUp, SILENCE_MS);
      };
      request.on('socket', (socket) => {
        if (!socket.connecting) return;
        const timer = setTimeout(giveUp, CONNECT_MS);
        socket.once(isSecure ? 'secureConnect' : 'connect', () => clearTimeout(timer));
        socket.once('close', () => clearTimeout(timer));
      });
      // Stays when the answer has begun: what breaks then breaks the answer's body as well, which tells it.
      request.on('error', (error) => {
        clearTimeout(silence);
        reject(new NetworkError(errorCode(error) ?? error.name));
      });
      request.on('response', (reply) => {
        clearTimeout(silence);
        // Refused before it had all of the body: the connection serves no other call.
        reply.once('close', () => {
          if (!request.writableFinished) request.destroy();
        });
        resolve(reply);
      });
      sendBody(request, body, { onProgress: heard, onFailure: reject });
    });
  };

  /** Sends until there is an answer that another try would not change. */
  const ask = async (call: Call): Promise<IncomingMessage> => {
    let trouble: Error = new AwayError('store', 'The object store does not answer');
    for (const pauseMs of call.isQuick === true ? [undefined] : [...PAUSES_MS, undefined]) {
      try {
        const reply = await send(call);
        if (!isPassing(statusOf(reply))) return reply;
        trouble = await refusal(reply);
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        trouble = new AwayError('store', `The object store does not answer (${error.code})`);
        // Whoever waited for so long is not kept waiting three times.
        if (error.code === 'ETIMEDOUT') break;
      }
      if (pauseMs !== undefined) await wait(pauseMs * (0.5 + Math.random()));
    }
    throw trouble;
  };

  let bucketSeenAt = Number.NEGATIVE_INFINITY;
  const look = async () => {
    const reply = await ask({ method: 'HEAD', key: '', isQuick: true });
    if (statusOf(reply) !== 200) throw await refusal(reply);
    reply.resume();
    bucketSeenAt = performance.now();
  };

  /** An answer about an object that is there; undefined when it is not, though its bucket is. */
  const about = async (call: Call): Promise<IncomingMessage | undefined> => {
    const reply = await ask(call);
    const status = statusOf(reply);
    if (status === 404) {
      reply.resume();
      if (performance.now() - bucketSeenAt > BUCKET_HOLDS_MS) await look();
      return undefined;
    }
    if (status !== 200) throw await refusal(reply);
    return reply;
  };

  const copy = async (from: string, to: string, headers: Readonly<Record<string, string>> = {}): Promise<boolean> => {
    const reply = await about({
      method: 'PUT',
      key: to,
      headers: { ...headers, 'x-amz-copy-source': `/${config.bucket}/${from}` },
    });
    if (reply === undefined) return false;
    // A copy that fails after the store has begun to answer is told in the body of a 200.
    const text = await textOf(reply);
    if (!text.includes('CopyObjectResult')) throw troubleOf(200, codeIn(text));
    return true;
  };

  return {
    head: async (key) => {
      const reply = await about({ method: 'HEAD', key });
      if (reply === undefined) return undefined;
      reply.resume();
      return foundIn(reply);
    },
    get: async (key) => {
      const reply = await about({ method: 'GET', key });
      if (reply === undefined) return undefined;
      try {
        const found = foundIn(reply);
        return { ...found, body: streamOf(reply, found.size) };
      } catch (error) {
        reply.destroy();
        throw error;
      }
    },
    put: async (key, content) => {
      const reply = await ask({ method: 'PUT', key, content });
      if (statusOf(reply) !== 200) throw await refusal(reply);
      reply.resume();
    },
    renew: (key, type) =>
      copy(key, key, {
        'x-amz-metadata-directive': 'REPLACE',
        [RENEWED_HEADER]: String(Date.now()),
        'content-type': type,
      }),
    copy,
    remove: async (key) => {
      const reply = await ask({ method: 'DELETE', key });
      if (![200, 204, 404].includes(statusOf(reply))) throw await refusal(reply);
      reply.resume();
    },
    look,
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

const statusOf = (reply: IncomingMessage): number => reply.statusCode ?? 0;

/** Whether a refusal may be over at once: one server of the store, or too many calls. */
const isPassing = (status: number): boolean => (status >= 500 && status !== 507) || status === 429 || status === 408;

/** Reads a refusal. Only its code is told on: the rest of its text is the store's, and may repeat what was sent. */
async function refusal(reply: IncomingMessage): Promise<Error> {
  return troubleOf(statusOf(reply), codeIn(await textOf(reply).catch(() => '')));
}

function troubleOf(status: number, code: string | undefined): Error {
  if (status === 507 || FULL_CODES.has(code ?? '')) return new StoreFullError();
  return new AwayError('store', `The object store refused: ${status}${code === undefined ? '' : ` ${code}`}`);
}

/** The code that a refusal's text has, where it is a word. */
function codeIn(text: string): string | undefined {
  const [, rest] = text.split('<Code>', 2);
  const code = rest?.split('</Code>', 1)[0] ?? '';
  return /^[A-Za-z]{1,64}$/.test(code) ? code : undefined;
}

/** A short text, up to its limit. */
async function textOf(reply: IncomingMessage): Promise<string> {
  let text = '';
  reply.setEncoding('utf8');
  for await (const piece of reply) {
    text += String(piece);
    if (text.length > MAX_TEXT_BYTES) break;
  }
  return text;
}

/** What the head of an answer says of an object. */
function foundIn(reply: IncomingMessage): S3Found {
  const { headers } = reply;
  const length = headers['content-length'] ?? '';
  if (!/^\d{1,15}$/.test(length)) throw new AwayError('store', 'The object store does not say how long an object is');
  const told = Date.parse(headers.date ?? '');
  const now = Number.isNaN(told) ? Date.now() : told;
  const renewed = headers[RENEWED_HEADER];
  const times = [
    Date.parse(headers['last-modified'] ?? ''),
    typeof renewed === 'string' && /^\d{13}$/.test(renewed) ? Number(renewed) : Number.NaN,
  ].filter((time) => !Number.isNaN(time));
  if (times.length === 0) throw new AwayError('store', 'The object store does not say how old an object is');
  return { size: Number(length), ageMs: Math.max(0, now - Math.max(...times)) };
}

/** A body as a stream that reads on demand. It breaks when it ends early, or when the store is silent for long. */
function streamOf(reply: IncomingMessage, size: number): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<unknown> = reply[Symbol.asyncIterator]();
  let seen = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const silence = setTimeout(() => reply.destroy(new Error('It is silent')), SILENCE_MS);
        try {
          const { done, value } = await pieces.next();
          if (done !== true && value instanceof Uint8Array) {
            seen += value.byteLength;
            return controller.enqueue(value);
          }
          if (seen !== size) throw new Error('It ended early');
          controller.close();
        } catch (error) {
          throw new AwayError('store', `The object store broke off: ${error instanceof Error ? error.message : ''}`);
        } finally {
          clearTimeout(silence);
        }
      },
      cancel: () => {
        reply.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
