import type { ServerResponse } from 'node:http';
import { assertNever } from '#shared/result.ts';

/** What of the vendor's API a call is for. */
export type Operation =
  | 'assets'
  | 'recognize'
  | 'accounts'
  | 'account'
  | 'kolors'
  | 'task'
  | 'download'
  | 'uploaded'
  | 'delete-uploaded'
  | 'delete-task'
  | 'free-places';

/** How the fake vendor treats a call instead of answering as documented. */
export type Behaviour =
  /** Answers as documented, but only when the test lets it: see `FakeVendor.release`. */
  | { readonly kind: 'held' }
  /** Closes the connection without an answer, or in the middle of one. */
  | { readonly kind: 'cut'; readonly when: 'before-headers' | 'in-body' }
  /** A status with the body that the vendor sends with it. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Any body. */
  | {
      readonly kind: 'body';
      readonly body: string | Uint8Array;
      readonly contentType?: string;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      /** Interim answers (100, 102, 103) come first, as RFC 9110 allows. */
      readonly isAnnounced?: true;
      /** The connection ends after so many bytes of the body. */
      readonly cutAfter?: number;
    }
  /** A JSON value of an odd shape. */
  | { readonly kind: 'json'; readonly value: unknown }
  /** A body that never ends, as fast as it is read. */
  | { readonly kind: 'endless' }
  /** A body that begins and then stands still. */
  | { readonly kind: 'stalled' }
  /** Sends back what it was sent, the credentials too. */
  | { readonly kind: 'echo' };

/** The vendor's body for each status that was seen across its service. */
const STATUS_BODIES: Readonly<Record<number, unknown>> = {
  400: { error: 'Parameter imageReference is required' },
  401: { error: 'Unauthorized', code: 401 },
  402: { error: 'Your subscription has expired', code: 402 },
  403: { error: 'Forbidden', code: 403 },
  404: { error: 'Not found', code: 404 },
  408: { error: 'The service gave up waiting', code: 408 },
  410: { error: 'This result is gone', code: 410 },
  412: { error: { code: 412, message: 'Not enough credits', status: 'FAILED_PRECONDITION' } },
  422: { error: 'Your prompt was rejected by moderation', code: '422' },
  429: { error: 'All configured accounts are at capacity', code: 429 },
  500: { error: 'Your image was rejected by content moderation', code: 500 },
  596: { error: 'Session of the linked Kling account is invalid, please update it', code: 596 },
};

const CHUNK = Buffer.alloc(64 * 1024, 0x20);

const send = (
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  contentType = 'application/json',
  headers: Readonly<Record<string, string | readonly string[]>> = {},
) => {
  for (const [name, value] of Object.entries({ 'content-type': contentType, ...headers })) {
    response.setHeader(name, value);
  }
  response.writeHead(status).end(body);
};

/** Answers with a behaviour that needs nothing but the response. `echo` is what the call was. */
export function behave(behaviour: Exclude<Behaviour, { kind: 'held' }>, response: ServerResponse, echo: string): void {
  switch (behaviour.kind) {
    case 'cut':
      if (behaviour.when === 'in-body') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"status":0,', () => response.destroy());
      } else response.destroy();
      return;
    case 'status':
      send(
        response,
        behaviour.status,
        JSON.stringify(STATUS_BODIES[behaviour.status] ?? { error: 'Something went wrong' }),
        'application/json',
        behaviour.headers,
      );
      return;
    case 'body':
      if (behaviour.isAnnounced === true) {
        response.writeProcessing();
        response.writeContinue();
        response.writeContinue();
        response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      }
      if (behaviour.cutAfter !== undefined) {
        response.writeHead(200, { 'content-length': behaviour.body.length });
        response.write(behaviour.body.slice(0, behaviour.cutAfter), () => response.destroy());
        return;
      }
      send(response, behaviour.status ?? 200, behaviour.body, behaviour.contentType, behaviour.headers);
      return;
    case 'json':
      send(response, 200, JSON.stringify(behaviour.value));
      return;
    case 'endless': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const write = () => {
        while (!response.destroyed && response.write(CHUNK));
      };
      response.on('drain', write);
      write();
      return;
    }
    case 'stalled':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
      return;
    case 'echo':
      send(response, 500, JSON.stringify({ error: `Failed on ${echo}` }));
      return;
    default:
      assertNever(behaviour);
  }
}
