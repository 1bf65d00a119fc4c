import { ERROR_REASONS, type ErrorReason, type VendorError, vendorError } from '#contract/errors.ts';
import type { Exchange, Failure, FailureCode } from '#shared/failure.ts';
import { asJson } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** A successful answer: its JSON, not yet parsed, and the exchange it came from. */
export type ApiReply = { readonly json: unknown; readonly exchange: Exchange };

/**
 * Turns a finished exchange into JSON or a failure. `retryAfter` is the value of `Retry-After`, null when absent;
 * `wasRefused` that our own server says that it sent the call nowhere, which a body alone cannot prove.
 */
export function readExchange(
  exchange: Exchange,
  retryAfter: string | null,
  wasRefused = false,
): Result<ApiReply, Failure> {
  const json = asJson(exchange.body);
  const status = exchange.status ?? 0;
  if (status >= 200 && status < 300) {
    if (exchange.body === '') return ok({ json: undefined, exchange });
    return json !== undefined
      ? ok({ json, exchange })
      : err({ code: 'unreadable-reply', detail: undefined, retryAfterMs: undefined, exchange });
  }
  const asError = vendorError.safeParse(json);
  const body = asError.success ? asError.data : undefined;
  return err({
    code:
      codeForReason(body, wasRefused) ?? (asksForAccount(status, body) ? 'account-required' : codeForStatus(status)),
    detail: body?.error.slice(0, LONGEST_DETAIL) ?? ownWords(exchange.body),
    retryAfterMs: retryAfterMs(retryAfter),
    exchange,
  });
}

/** Longest words of a service that are shown in a message, in characters. */
const LONGEST_DETAIL = 1000;

/** How much of an answer is searched for words, in characters: what stands further down is no message. */
const SEARCHED = 16_384;

/** What an answer in no known shape says; of a web page, as proxies send them, its title. The inspector shows all. */
function ownWords(text: string): string | undefined {
  const start = text.trimStart().slice(0, SEARCHED);
  const words = start.startsWith('<') ? titleOf(start) : start;
  return words?.trim().slice(0, LONGEST_DETAIL) || undefined;
}

/** The text of a web page's title, found step by step: a pattern would begin anew at every `<title`. */
function titleOf(html: string): string | undefined {
  const tag = /<title/i.exec(html)?.index ?? -1;
  const begin = tag < 0 ? -1 : html.indexOf('>', tag);
  const end = begin < 0 ? -1 : html.indexOf('<', begin);
  return end < 0 ? undefined : html.slice(begin + 1, end);
}

/** What our own server's reason for a refusal means to the page. The vendor gives none: there the status speaks. */
function codeForReason(body: VendorError | undefined, wasRefused: boolean): FailureCode | undefined {
  const reason = ERROR_REASONS.find((known) => known === body?.reason);
  return reason === undefined || (reason === 'restarting' && !wasRefused) ? undefined : OWN_FAILURES[reason];
}

/** With several accounts configured the service wants `email`, and says so in a 400. */
function asksForAccount(status: number, body: VendorError | undefined): boolean {
  const words = body?.error.slice(0, SEARCHED) ?? '';
  return status === 400 && /\bemail\b/i.test(words) && /\brequired\b/i.test(words);
}

const OWN_FAILURES: Readonly<Record<ErrorReason, FailureCode>> = {
  'bad-request': 'bad-request',
  'access-key-required': 'session-ended',
  'not-forwarded': 'unauthorized',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'result-gone': 'result-gone',
  'too-large': 'too-large',
  'unsupported-picture': 'unsupported-picture',
  'picture-too-small': 'unsupported-picture',
  'at-capacity': 'at-capacity',
  'server-fault': 'server-fault',
  'signed-out-unwritten': 'server-fault',
  'not-implemented': 'not-implemented',
  'link-not-a-picture': 'link-refused',
  'link-unreachable': 'link-refused',
  'link-forbidden': 'link-refused',
  'link-too-slow': 'link-refused',
  unreachable: 'service-unreachable',
  'too-slow': 'too-slow',
  restarting: 'restarting',
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

/** A day: timers run out of numbers at 24 days, and then end at once. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** `Retry-After` in milliseconds, a day at most: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_WAIT_MS, Math.max(0, ms));
}
