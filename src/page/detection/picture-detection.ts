import type { SavedResult } from '#page/pictures/work-store.ts';
import type { Failure } from '#shared/failure.ts';
import type { DetectionResult } from './detect-faces.ts';
import type { Upload } from './upload-store.ts';

/** Where a picture stands with one engine. */
export type PictureDetection =
  /** Nobody allowed to send it to this engine. */
  | { readonly state: 'not-sent' }
  /** `failedTries`: how often the upload was tried before, which is why it waits; the last time it failed like this. */
  | { readonly state: 'waiting'; readonly failedTries: number; readonly retryingAfter?: Failure }
  | { readonly state: 'uploading'; readonly progress: number }
  | { readonly state: 'detecting'; readonly retryingAfter: Failure | undefined }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: Failure }
  /** `isAskedAgain`: the engine is asked once more, and this is what it said before. */
  | { readonly state: 'done'; readonly result: DetectionResult; readonly isAskedAgain?: true };

/** All that says where a picture stands: its record, its upload, and what react-query knows. */
export type DetectionFacts = {
  /** The result that came with the picture, when it is this engine's. */
  readonly saved: SavedResult | undefined;
  /** False when the engine needs a token and there is none. */
  readonly canAsk: boolean;
  /** True when the service would refuse, because nobody said which of several accounts is meant. */
  readonly needsAccount: boolean;
  readonly isAllowed: boolean;
  readonly isStopped: boolean;
  /** Address that the engine is told, once there is one. */
  readonly imageReference: string | undefined;
  readonly upload: Upload | undefined;
  readonly query: {
    readonly data: DetectionResult | undefined;
    readonly fetchStatus: 'fetching' | 'paused' | 'idle';
    readonly error: { readonly failure: Failure } | null;
    readonly failureReason: { readonly failure: Failure } | null;
  };
};

/** Known without a call. */
const unasked = (code: 'token-required' | 'account-required'): Failure => ({
  code,
  detail: undefined,
  retryAfterMs: undefined,
  exchange: undefined,
});
const TOKEN_REQUIRED = unasked('token-required');
const ACCOUNT_REQUIRED = unasked('account-required');

/** The one place that says where a picture stands. What is known already needs neither token nor permission. */
export function detectionOf(facts: DetectionFacts): PictureDetection {
  const { saved, canAsk, needsAccount, isAllowed, isStopped, imageReference, upload, query } = facts;
  if (saved !== undefined) return { state: 'done', result: saved };
  if (query.data !== undefined) {
    const isAskedAgain = query.fetchStatus !== 'idle';
    return { state: 'done', result: query.data, ...(isAskedAgain ? { isAskedAgain } : {}) };
  }
  if (!canAsk) return { state: 'failed', failure: TOKEN_REQUIRED };
  if (!isAllowed) return { state: 'not-sent' };
  if (isStopped) return { state: 'cancelled' };
  if (needsAccount) return { state: 'failed', failure: ACCOUNT_REQUIRED };
  if (query.error !== null) return { state: 'failed', failure: query.error.failure };
  if (imageReference !== undefined) return { state: 'detecting', retryingAfter: query.failureReason?.failure };
  switch (upload?.state) {
    case 'sending':
      return { state: 'uploading', progress: upload.progress };
    case 'failed':
      return { state: 'failed', failure: upload.failure };
    case 'waiting':
      return upload;
    case 'done':
    case undefined:
      return { state: 'waiting', failedTries: 0 };
  }
}
