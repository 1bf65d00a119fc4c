import { vendorError } from '#contract/errors.ts';
import { appPaths, FAILURE_HEADER, REQUEST_ID_HEADER } from '#contract/routes.ts';
import type { Exchange, Failure, FailureCode } from '#domain/failure.ts';
import { err, ok, type Result } from '#domain/result.ts';

/** A call to our own server. `token` goes out as a bearer and nowhere else. */
export type ApiRequest = {
  readonly method: 'GET' | 'POST';
  /** Path on our server, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called while the body goes out, with bytes sent so far and in all. */
  readonly onUploadProgress?: (sentBytes: number, totalBytes: number) => void;
  /** How long the whole call may take, in milliseconds. */
  readonly timeoutMs?: number;
};

export type ApiReply = { readonly json: unknown; readonly exchange: Exchange };

const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Calls our server and reads the answer as JSON. Failures are values; an aborted call rejects with the signal's
 * reason, as `fetch` does, because abort is not an error to explain.
 */
export async function callApi(request: ApiRequest): Promise<Result<ApiReply, Failure>> {
  const first = await send(request);
  if (request.token === undefined && !first.ok && first.error.code === 'session-ended') {
    const opened = await openSession();
    return opened.ok ? send(request) : first;
  }
  return first;
}

/** Opens the page's session; `accessKey` where the server asks for one. */
export function openSession(accessKey?: string): Promise<Result<ApiReply, Failure>> {
  return send({
    method: 'POST',
    path: appPaths.session,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(accessKey === undefined ? {} : { accessKey }),
  });
}

/** One exchange over XMLHttpRequest, which alone reports upload progress. */
function send(request: ApiRequest): Promise<Result<ApiReply, Failure>> {
  return new Promise((resolve, reject) => {
    if (request.signal?.aborted) {
      reject(request.signal.reason);
      return;
    }
    const started = performance.now();
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, request.path);
    xhr.timeout = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    for (const [name, value] of Object.entries(request.headers ?? {})) xhr.setRequestHeader(name, value);
    if (request.token !== undefined) xhr.setRequestHeader('authorization', `Bearer ${request.token}`);

    const onAbort = () => xhr.abort();
    request.signal?.addEventListener('abort', onAbort, { once: true });
    const settle = (finish: () => void) => {
      request.signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const failWithout = (code: FailureCode) =>
      settle(() => resolve(err({ code, detail: undefined, retryAfterMs: undefined, exchange: undefined })));

    const { onUploadProgress } = request;
    if (onUploadProgress) {
      xhr.upload.addEventListener('progress', (event) => onUploadProgress(event.loaded, event.total));
    }
    xhr.addEventListener('abort', () => settle(() => reject(request.signal?.reason)));
    xhr.addEventListener('timeout', () => failWithout('too-slow'));
    xhr.addEventListener('error', () => failWithout(navigator.onLine ? 'unreachable' : 'offline'));
    xhr.addEventListener('load', () =>
      settle(() => {
        const exchange: Exchange = {
          method: request.method,
          path: request.path,
          status: xhr.status,
          durationMs: performance.now() - started,
          body: xhr.responseText,
          requestId: xhr.getResponseHeader(REQUEST_ID_HEADER) ?? undefined,
        };
        resolve(
          readExchange(exchange, xhr.getResponseHeader(FAILURE_HEADER), xhr.getResponseHeader('retry-after')),
        );
      }),
    );
    xhr.send(request.body ?? null);
  });
}

/** Turns a finished exchange into JSON or a failure. */
function readExchange(
  exchange: Exchange,
  ownFailure: string | null,
  retryAfter: string | null,
): Result<ApiReply, Failure> {
  const json = parseJson(exchange.body);
  const status = exchange.status ?? 0;
  if (status >= 200 && status < 300) {
    return json.ok
      ? ok({ json: json.value, exchange })
      : err({ code: 'unreadable-reply', detail: undefined, retryAfterMs: undefined, exchange });
  }
  const asError = json.ok ? vendorError.safeParse(json.value) : undefined;
  return err({
    code: (ownFailure === null ? undefined : OWN_FAILURES[ownFailure]) ?? codeForStatus(status),
    detail: asError?.success ? asError.data.error : exchange.body.trim().slice(0, 300) || undefined,
    retryAfterMs: retryAfterMs(retryAfter),
    exchange,
  });
}

/** Our server's own failure codes (`FAILURE_HEADER`) in the page's terms. */
const OWN_FAILURES: Readonly<Record<string, FailureCode>> = {
  'no-session': 'session-ended',
  'no-token': 'token-required',
  'unreadable-picture': 'unsupported-picture',
  'picture-too-small': 'unsupported-picture',
  'picture-too-large': 'too-large',
  'link-unreachable': 'link-refused',
  'link-forbidden': 'link-refused',
  'link-too-slow': 'link-refused',
  'link-not-a-picture': 'link-refused',
  'file-gone': 'result-gone',
  'queue-full': 'at-capacity',
  'detector-failed': 'detector-failed',
  'too-slow': 'too-slow',
  unreachable: 'service-unreachable',
  'not-implemented': 'not-implemented',
  'storage-full': 'storage-full',
};

/** Statuses seen across the vendor's service. */
function codeForStatus(status: number): FailureCode {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 402:
      return 'no-subscription';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 410:
      return 'result-gone';
    case 413:
      return 'too-large';
    case 429:
      return 'at-capacity';
    case 500:
      return 'moderated-or-fault';
    case 501:
      return 'not-implemented';
    case 502:
    case 503:
      return 'service-unreachable';
    case 504:
      return 'too-slow';
    case 596:
      return 'session-broken';
    default:
      return status >= 500 ? 'moderated-or-fault' : 'bad-request';
  }
}

/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function parseJson(text: string): Result<unknown, undefined> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return err(undefined);
  }
}
