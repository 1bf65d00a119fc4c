import {
  appPaths,
  contractPaths,
  DETECTOR_HEADER,
  engineBase,
  HELD_UP_HEADER,
  MEASURED_SHA256_HEADER,
  PAGE_ENTRY_HEADER,
  REQUEST_ID_HEADER,
  SESSION_MARK_HEADER,
} from '#contract/routes.ts';
import { visitorStorage } from '#page/platform/browser-storage.ts';
import { noteServerPage, toast } from '#page/platform/notices.ts';
import { isAway } from '#page/platform/query-client.ts';
import { isExpectedBack, isInPlaceOfServer, saysRestarting } from '#page/platform/server-restart.ts';
import type { Exchange, Failure, FailureCode } from '#shared/failure.ts';
import { FAILURE_MESSAGES } from '#shared/failure-message.ts';
import { err, type Result } from '#shared/result.ts';
import { type ApiReply, readExchange } from './read-exchange.ts';
import { askForAccessKey } from './session-store.ts';
import { noteSession } from './upload-record.ts';

/** A call to our own server. `token` goes out as a bearer and nowhere else. */
export type ApiRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path on our server, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called while the body goes out, with bytes sent so far and in all. */
  readonly onUploadProgress?: (sentBytes: number, totalBytes: number) => void;
  /** Called when an answer is there, whatever it says, with what reads its headers. */
  readonly onAnswer?: (header: (name: string) => string | null) => void;
  /** How long the whole call may take, in milliseconds; with `onUploadProgress` counted from the last progress. */
  readonly timeoutMs?: number;
  /** For calls that cost something: never sent a second time, whatever the answer. */
  readonly once?: true;
};

/** Longer than our server waits for an engine (120 s): its own answer says more, and has a request id. */
const DEFAULT_TIMEOUT_MS = 130_000;

/** `XMLHttpRequest.HEADERS_RECEIVED`. */
const HEADERS_RECEIVED = 2;

/** What a token is made of, as our server reads it; another character may not even travel in a header. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Calls our server and reads the answer as JSON. Failures are values; an aborted call rejects with the signal's
 * reason, as `fetch` does, because abort is not an error to explain.
 */
export async function callApi(request: ApiRequest): Promise<Result<ApiReply, Failure>> {
  // Copied together with its quotation marks or a dash that was made pretty: no service knows it.
  if (request.token !== undefined && !TOKEN.test(request.token)) {
    return err({ code: 'unauthorized', detail: undefined, retryAfterMs: undefined, exchange: undefined });
  }
  const first = await send(request);
  // A 401 may only mean that the session ended. Beside a token of the tab it may as well be the service's, which knows no
  // such token: then our own server must have said that it is the session. Nothing was done with a call that was refused
  // like this.
  if (request.once === true || first.ok || first.error.exchange?.status !== 401) return first;
  if (request.token !== undefined && first.error.code !== 'session-ended') return first;
  if (isCookieRefused) return err({ ...first.error, code: 'cookie-refused' });
  const reopened = await openAgain();
  if (reopened !== 'open') return err({ ...first.error, code: reopened });
  const second = await send(request);
  if (second.ok || second.error.exchange?.status !== 401 || (await isSessionKept())) return second;
  return err({ ...second.error, code: 'cookie-refused' });
}

/** The browser takes the session's cookie and does not send it: to open the session again, or ask for the key, is vain. */
let isCookieRefused = false;

/**
 * Whether the server knows this page by the session that was just opened. Asked where that is in doubt: browsers say
 * that cookies are enabled (`navigator.cookieEnabled`) when they are blocked for one address.
 */
async function isSessionKept(): Promise<boolean> {
  // The one call that every session may make and that costs nothing.
  const reply = await send({ method: 'GET', path: engineBase('embedded') + contractPaths.accounts });
  isCookieRefused = !reply.ok && reply.error.exchange?.status === 401;
  return !isCookieRefused;
}

/** Opens the session again, with the access key from the person where one is needed. False when there is none. */
export const reopenSession = async (): Promise<boolean> => (await openAgain()) === 'open';

/** The same; why there is none where there is none. */
async function openAgain(): Promise<'open' | FailureCode> {
  if (isCookieRefused) return 'session-ended';
  const opened = await openSession();
  if (opened.ok || (opened.error.code === 'session-ended' && (await askForAccessKey()))) return 'open';
  if (isAway(opened.error.code)) return opened.error.code;
  return isExpectedBack() ? 'restarting' : 'session-ended';
}

/**
 * Opens the page's session; `accessKey` where the server asks for one. A browser that blocks site data may block the
 * cookie too, and a person hears of that before handing anything over.
 */
export async function openSession(accessKey?: string): Promise<Result<ApiReply, Failure>> {
  const opened = await send({
    method: 'POST',
    path: appPaths.session,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(accessKey === undefined ? {} : { accessKey }),
    onAnswer: (header) => noteSession(header(SESSION_MARK_HEADER) ?? undefined),
  });
  if (opened.ok && !visitorStorage.isKept && !isCookieRefused && !(await isSessionKept())) {
    const { title, cause, cure } = FAILURE_MESSAGES['cookie-refused'];
    toast({ title, text: `${cause} ${cure}` });
  }
  return opened;
}

/** One exchange over XMLHttpRequest, which alone reports upload progress. */
function send(request: ApiRequest): Promise<Result<ApiReply, Failure>> {
  return new Promise((resolve, reject) => {
    if (request.signal?.aborted) {
      reject(request.signal.reason);
      return;
    }
    const started = performance.now();
    const { onUploadProgress, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, request.path);
    // The request's own limit counts from its start, which a large picture on a slow line outlives.
    if (onUploadProgress === undefined) xhr.timeout = timeoutMs;
    let silence: ReturnType<typeof setTimeout> | undefined;
    const startSilence = () => {
      if (onUploadProgress === undefined) return;
      clearTimeout(silence);
      silence = setTimeout(() => {
        failWithout('too-slow');
        xhr.abort();
      }, timeoutMs);
    };
    for (const [name, value] of Object.entries(request.headers ?? {})) xhr.setRequestHeader(name, value);
    if (request.token !== undefined) xhr.setRequestHeader('authorization', `Bearer ${request.token}`);

    const onAbort = () => xhr.abort();
    request.signal?.addEventListener('abort', onAbort, { once: true });
    const settle = (finish: () => void) => {
      clearTimeout(silence);
      request.signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const failWithout = (code: FailureCode) =>
      settle(() => resolve(err({ code, detail: undefined, retryAfterMs: undefined, exchange: undefined })));

    if (onUploadProgress) {
      xhr.upload.addEventListener('progress', (event) => {
        startSilence();
        onUploadProgress(event.loaded, event.total);
      });
    }
    xhr.addEventListener('abort', () => settle(() => reject(request.signal?.reason)));
    xhr.addEventListener('timeout', () => failWithout('too-slow'));
    // Of a paid call silence proves nothing, whoever is expected back.
    const mayWait = request.once !== true;
    xhr.addEventListener('error', () => {
      if (!navigator.onLine) failWithout('offline');
      else if (mayWait && isExpectedBack()) failWithout('restarting');
      // The head of an answer came, with our server's own mark: it is there, and what it passed on broke off.
      else failWithout(hasAnswered ? 'reply-broken' : 'unreachable');
    });
    let hasAnswered = false;
    xhr.addEventListener('readystatechange', () => {
      if (xhr.readyState === HEADERS_RECEIVED) hasAnswered = xhr.getResponseHeader(REQUEST_ID_HEADER) !== null;
    });
    xhr.addEventListener('load', () =>
      settle(() => {
        const exchange: Exchange = {
          method: request.method,
          path: request.path,
          status: xhr.status,
          durationMs: performance.now() - started,
          body: xhr.responseText,
          requestId: xhr.getResponseHeader(REQUEST_ID_HEADER) ?? undefined,
          measuredSha256: xhr.getResponseHeader(MEASURED_SHA256_HEADER) ?? undefined,
          detector: xhr.getResponseHeader(DETECTOR_HEADER) ?? undefined,
          ...(xhr.getResponseHeader(HELD_UP_HEADER) === '1' && { isHeldUp: true }),
        };
        const header = (name: string) => xhr.getResponseHeader(name);
        request.onAnswer?.(header);
        noteServerPage(header(PAGE_ENTRY_HEADER));
        const wasRefused = saysRestarting(xhr.status, header);
        const read = readExchange(exchange, header('retry-after'), wasRefused);
        resolve(
          !read.ok && mayWait && isInPlaceOfServer(xhr.status, header)
            ? err({ ...read.error, code: 'restarting', detail: undefined })
            : read,
        );
      }),
    );
    startSilence();
    xhr.send(request.body ?? null);
  });
}
