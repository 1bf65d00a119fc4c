import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { sendBody } from '../../http/send-body.ts';

/**
 * HTTP to the live service, as lenient as RFC 9110 wants it: any number of interim answers (`100 Continue` too, at which
 * undici breaks off), headers up to 64 KB. Redirects are not followed, nothing is repeated, and nothing is unpacked here.
 */
export type VendorTransport = {
  /**
   * Sends one request; resolves with the head of its final answer. Rejects with what the system calls the trouble
   * (`error.code`; `ETIMEDOUT` when there was no connection in time), with the signal's reason, or with what broke
   * the body that was to be sent.
   */
  send(request: VendorRequest): Promise<IncomingMessage>;
  close(): void;
};

export type VendorRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ReadableStream<Uint8Array> | undefined;
  readonly signal: AbortSignal;
  /** Runs with every piece of a streamed body that goes out. */
  readonly onProgress: () => void;
};

const CONNECT_TIMEOUT_MS = 10_000;

/** How long a connection waits for its next call, in milliseconds: less than servers wait, or a call meets a closed one. */
const IDLE_MS = 4_000;

/** Longest head of an answer, in bytes: 64 KB of headers and what stands around them. */
const MAX_HEAD_BYTES = 72 * 1024;

export function createVendorTransport(): VendorTransport {
  // How many there may be is said where the calls are shared out by kind of caller (`share-out.ts`): a limit here would
  // let one kind take the places of another.
  const options = { keepAlive: true, timeout: IDLE_MS };
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);

  return {
    send: ({ method, url, headers, body, signal, onProgress }) =>
      new Promise((resolve, reject) => {
        const isSecure = url.protocol === 'https:';
        const request = (isSecure ? httpsRequest : httpRequest)(url, {
          agent: isSecure ? https : http,
          method,
          headers,
          signal,
          maxHeaderSize: MAX_HEAD_BYTES,
        });
        // Stays when the answer has begun: what breaks then breaks the answer's body as well, which tells it.
        request.on('error', reject);
        request.on('response', (reply) => {
          // Answered before it had all of the body: the rest interests nobody, and the connection serves no other call.
          reply.once('close', () => {
            if (!request.writableFinished) request.destroy();
          });
          resolve(reply);
        });
        request.on('socket', (socket) => {
          if (!socket.connecting) return;
          const timer = setTimeout(
            () => request.destroy(Object.assign(new Error('No connection in time'), { code: 'ETIMEDOUT' })),
            CONNECT_TIMEOUT_MS,
          );
          const stop = () => clearTimeout(timer);
          socket.once(isSecure ? 'secureConnect' : 'connect', stop);
          socket.once('close', stop);
        });
        sendBody(request, body, { onProgress, onFailure: reject });
      }),
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}
