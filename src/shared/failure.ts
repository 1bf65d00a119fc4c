import type { ResponseFile } from '#contract/saved-result-file.ts';

/**
 * Why a call did not give a result: a closed set. Every code has its words in `failure-message.ts`; adding one breaks
 * the build there.
 */
export type FailureCode =
  | 'bad-request'
  | 'unauthorized'
  | 'token-required'
  | 'session-ended'
  | 'cookie-refused'
  | 'no-subscription'
  | 'no-credits'
  | 'forbidden'
  | 'service-forbidden'
  | 'not-found'
  | 'account-required'
  | 'result-gone'
  | 'too-large'
  | 'unsupported-picture'
  | 'at-capacity'
  | 'moderated'
  | 'moderated-or-fault'
  | 'server-fault'
  | 'not-implemented'
  | 'link-refused'
  | 'link-changed'
  | 'session-broken'
  | 'unreachable'
  | 'restarting'
  | 'service-unreachable'
  | 'service-trouble'
  | 'service-certificate'
  | 'service-fault'
  | 'reply-broken'
  | 'offline'
  | 'too-slow'
  | 'unreadable-reply'
  | 'refused-by-service'
  | 'picture-stopped'
  | 'store-away'
  | 'queue-away';

/** What the inspector shows of a call, whether it succeeded or not. */
export type Exchange = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path on our server. */
  readonly path: string;
  readonly status: number | undefined;
  /** Time from sending to the last byte, in milliseconds. */
  readonly durationMs: number;
  /** The raw body as text, whole. */
  readonly body: string;
  /** Our request id, for finding the call in the server's log. */
  readonly requestId: string | undefined;
  /** SHA-256 (hex) of what the engine fetched and measured, where it says so: it fetches a link for itself. */
  readonly measuredSha256?: string | undefined;
  /** The body was read from such a file: nobody is known to have answered, so status and time say nothing. */
  readonly readFrom?: ResponseFile | undefined;
};

export type Failure = {
  readonly code: FailureCode;
  /** The service's own text, trimmed; shown beside our words, never instead of them. */
  readonly detail: string | undefined;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** When the answer came, in milliseconds since 1970: what it asked to wait counts from there. */
  readonly heardAt?: number;
  readonly exchange: Exchange | undefined;
};
