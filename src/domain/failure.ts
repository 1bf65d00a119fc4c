/**
 * Why a call did not give a result: a closed set. Every code has its words in `failure-words.ts`; adding one breaks
 * the build there.
 */
export const FAILURE_CODES = [
  'bad-request',
  'unauthorized',
  'access-key-required',
  'no-subscription',
  'forbidden',
  'not-found',
  'account-required',
  'result-gone',
  'too-large',
  'unsupported-picture',
  'picture-too-small',
  'at-capacity',
  'moderated-or-fault',
  'server-fault',
  'not-implemented',
  'link-not-a-picture',
  'link-unreachable',
  'link-forbidden',
  'link-too-slow',
  'session-broken',
  'unreachable',
  'offline',
  'too-slow',
  'unreadable-reply',
  'refused-by-service',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export type Failure = {
  readonly code: FailureCode;
  /** HTTP status, when an answer came at all. */
  readonly status: number | undefined;
  /** The service's own text, trimmed; shown beside our words, never instead of them. */
  readonly detail: string | undefined;
  /** Our request id, for finding the call in the server's log. */
  readonly requestId: string | undefined;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The raw body as text, for the inspector. */
  readonly body: string | undefined;
};
