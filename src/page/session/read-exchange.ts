import { ERROR_REASONS, type ErrorReason } from '#contract/errors.ts';
import { engineBase } from '#contract/routes.ts';
import type { Exchange, Failure, FailureCode } from '#shared/failure.ts';
import { asFields, asJson, asNumber, asText, type Fields } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { asksForAccount, wordsOf, wordsOfText } from '#shared/service-words.ts';

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
  const words = json === undefined ? wordsOfText(exchange.body) : wordsOf(json);
  const isAccountAsked = ASKING.has(status) && asksForAccount(words);
  return err({
    code:
      codeForReason(asFields(json)?.['reason'], wasRefused) ??
      (isAccountAsked ? 'account-required' : isOwnFault(exchange) ? 'server-fault' : codeForStatus(status)),
    detail: words,
    retryAfterMs: retryAfterMs(retryAfter) ?? retryAfterInBody(asFields(json)),
    heardAt: Date.now(),
    exchange,
  });
}

/** A 500 of the embedded engine: there is nobody behind it who moderates. */
const isOwnFault = ({ path, status }: Exchange): boolean => status === 500 && path.startsWith(engineBase('embedded'));

/** Statuses with which a service refuses a request for what it lacks: a missing account among them. */
const ASKING: ReadonlySet<number> = new Set([400, 422]);

/** What our own server's reason for a refusal means to the page. The vendor gives none: there the status speaks. */
function codeForReason(given: unknown, wasRefused: boolean): FailureCode | undefined {
  const reason = ERROR_REASONS.find((known) => known === given);
  return reason === undefined || (reason === 'restarting' && !wasRefused) ? undefined : OWN_FAILURES[reason];
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
  'reply-broken': 'reply-broken',
  // To the page both mean that an answer never came.
  'sent-before': 'too-slow',
  restarting: 'restarting',
  'picture-stopped': 'picture-stopped',
  'store-away': 'store-away',
  'queue-away': 'queue-away',
};

/**
 * Statuses seen across the vendor's service and of what stands before it (520 to 530 are Cloudflare's). Of the 5xx only
 * 500 is also used for moderation.
 */
function codeForStatus(status: number): FailureCode {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 402:
      return 'no-subscription';
    case 403:
      return 'service-forbidden';
    case 404:
      return 'not-found';
    case 408:
    case 504:
    case 522:
    case 524:
      return 'too-slow';
    case 410:
      return 'result-gone';
    case 412:
      return 'no-credits';
    case 413:
      return 'too-large';
    case 422:
      return 'moderated';
    case 429:
      return 'at-capacity';
    case 500:
      return 'moderated-or-fault';
    case 502:
    case 503:
    case 520:
    case 521:
    case 523:
    case 525:
    case 527:
    case 530:
      return 'service-trouble';
    case 526:
      return 'service-certificate';
    case 596:
      return 'session-broken';
    default:
      // A redirect, which is not followed, is neither an answer nor a refusal.
      return status >= 500 ? 'service-fault' : status >= 400 ? 'bad-request' : 'unreadable-reply';
  }
}

/** A day: timers run out of numbers at 24 days, and then end at once. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

const asWait = (ms: number): number | undefined =>
  Number.isNaN(ms) ? undefined : Math.min(LONGEST_WAIT_MS, Math.max(0, ms));

/** `Retry-After` in milliseconds, a day at most: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  return asWait(Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now());
}

/** The vendor's `retryAfter` (a date as text, or seconds), which a 429 may carry where it has no header. */
function retryAfterInBody(body: Fields | undefined): number | undefined {
  const given = body?.['retryAfter'] ?? asFields(body?.['error'])?.['retryAfter'];
  const seconds = asNumber(given);
  if (seconds !== undefined) return asWait(seconds * 1000);
  const date = asText(given);
  return date === undefined ? undefined : asWait(Date.parse(date) - Date.now());
}
