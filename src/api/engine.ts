import type { AssetContentType } from '#contract/limits.ts';
import type { FaceDetail } from '#contract/recognize-faces.ts';
import type { EngineName } from '#contract/routes.ts';
import type { Result } from '#shared/result.ts';
import type { BodyFailure } from './body.ts';

/**
 * Kinds of caller: the page with its session (a token that was typed into it travels beside that), a program with a
 * bearer that this server is configured with, and one with a bearer that nobody here knows.
 */
export const CALLER_KINDS = ['session', 'configured-bearer', 'strangers-bearer'] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];

/** What every call carries: who calls and pays, how long, and how to find it in the log. */
export type CallContext = {
  /** Whose share of connections and lines it takes. */
  readonly caller: CallerKind;
  /** Ends when the caller goes away or the time is up. */
  readonly signal: AbortSignal;
  readonly requestId: string;
  /** Token for the live service: the caller's bearer or the server's own. The embedded engine ignores it. */
  readonly token: string | undefined;
  /** What our addresses in this answer begin with, e.g. `http://127.0.0.1:4173`; no slash at its end. */
  readonly base: string;
  /** Who the files of this call belong to; see `FileOwners`. */
  readonly owner: string;
};

/** An answer in the vendor's terms: any status that it can give, with its body. */
export type EngineReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
};

/** Failures that are not the vendor's answers: a closed set, mapped to HTTP in `engine-failure.ts`. */
export type EngineFailure =
  | { readonly code: 'body'; readonly why: BodyFailure }
  | { readonly code: 'unreadable-picture'; readonly reason: string }
  | { readonly code: 'picture-too-small'; readonly width: number; readonly height: number }
  | { readonly code: 'picture-too-large'; readonly reason: string }
  | { readonly code: 'picture-unsafe'; readonly reason: string }
  | { readonly code: 'link-unreachable'; readonly reason: string }
  | { readonly code: 'link-forbidden'; readonly reason: string }
  | { readonly code: 'link-too-slow' }
  | { readonly code: 'link-not-a-picture'; readonly contentType: string }
  | { readonly code: 'file-gone' }
  | { readonly code: 'queue-full'; readonly retryAfterSeconds: number }
  /** The line of this kind of caller is full; `before` stand in it. */
  | { readonly code: 'line-full'; readonly before: number }
  | { readonly code: 'detector-failed'; readonly reason: string }
  | { readonly code: 'too-slow' }
  /** It took far more than a picture may, or broke what looked at it, and is not tried again for so long. */
  | { readonly code: 'picture-stopped'; readonly retryAfterSeconds: number }
  /** What worked on it was ended from outside, each time, or had no time to: the machine's trouble. */
  | { readonly code: 'interrupted' }
  | { readonly code: 'unreachable'; readonly reason: string }
  /** The service began to answer, and the answer is not whole. */
  | { readonly code: 'reply-broken'; readonly reason: string }
  | { readonly code: 'not-implemented'; readonly what: string }
  | { readonly code: 'storage-full' }
  | { readonly code: 'restarting' }
  | { readonly code: 'cancelled' };

export type EngineAnswer = Promise<Result<EngineReply, EngineFailure>>;

/**
 * The one interface behind the one contract. Inputs are already parsed by the routes; answers are the vendor's.
 */
export type Engine = {
  readonly name: EngineName;
  /**
   * `POST /assets/`. `body` breaks with a `BodyError` when it is longer than `MAX_ASSET_BYTES` or too slow;
   * `length` is what the caller declared, in bytes.
   */
  uploadAsset(
    input: {
      body: ReadableStream<Uint8Array>;
      length: number | undefined;
      contentType: AssetContentType;
      email: string | undefined;
    },
    context: CallContext,
  ): EngineAnswer;
  /** `POST /images/recognize-faces`; `details` go beyond the vendor's contract, see `FACE_DETAILS`. */
  recognizeFaces(
    input: { imageReference: string; email: string | undefined; details: readonly FaceDetail[] },
    context: CallContext,
  ): EngineAnswer;
  /** `GET /accounts`. */
  listAccounts(context: CallContext): EngineAnswer;
  /** `GET /accounts/{email}`. */
  showAccount(input: { email: string }, context: CallContext): EngineAnswer;
  /** `POST /images/kolors`; `fields` as the caller sent them. */
  generate(input: { fields: Readonly<Record<string, unknown>> }, context: CallContext): EngineAnswer;
  /** `GET /tasks/{id}`. */
  showTask(input: { taskId: string; email: string | undefined }, context: CallContext): EngineAnswer;
  /** `DELETE /tasks/{id}`: what a task made, which was paid for. */
  deleteTask(input: { taskId: string; email: string | undefined }, context: CallContext): EngineAnswer;
  /** `GET /assets/uploaded/`; `query` as the caller sent it. */
  listUploadedAssets(input: { query: Readonly<Record<string, string>> }, context: CallContext): EngineAnswer;
  /** `DELETE /assets/uploaded/`; `ids` as `assetIds` has them. */
  deleteUploadedAssets(input: { email: string; ids: string }, context: CallContext): EngineAnswer;
  /** `GET /scheduler/available`: how many generations each account takes now. */
  listFreePlaces(context: CallContext): EngineAnswer;
  /** `GET /assets/download`; `query` as the caller sent it. */
  downloadAsset(input: { query: Readonly<Record<string, string>> }, context: CallContext): EngineAnswer;
  /** The server is about to stop: what waits for its turn is given back as `restarting`, what runs goes on. */
  drain(): void;
  close(): Promise<void>;
};
