import { useMutationState, useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { Failure } from '#domain/failure.ts';
import type { FailureError } from '#lib/failure-error.ts';
import type { Picture } from '#lib/work-store.ts';
import { type DetectionResult, detectFacesQuery } from './detect-faces.ts';
import type { EngineSession } from './engine-session.ts';
import { uploadKey } from './upload-picture.ts';
import { uploadProgressStore } from './upload-progress-store.ts';

/** Where a picture stands with one engine. */
export type PictureDetection =
  | { readonly state: 'waiting' }
  | { readonly state: 'uploading'; readonly progress: number | undefined }
  | { readonly state: 'detecting'; readonly retryingAfter: Failure | undefined }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'done'; readonly result: DetectionResult };

const TOKEN_REQUIRED: Failure = {
  code: 'token-required',
  detail: undefined,
  retryAfterMs: undefined,
  exchange: undefined,
};

/** What the upload of a picture says so far: the newest try counts. */
type UploadSnapshot = {
  readonly status: 'idle' | 'pending' | 'success' | 'error';
  readonly address: string | undefined;
  readonly failure: Failure | undefined;
};

/**
 * Reads where a picture stands with an engine, from react-query's caches alone: any component may call it, the
 * filmstrip as well as the stage. `PictureRunner` is what starts things.
 */
export function usePictureDetection(session: EngineSession, picture: Picture): PictureDetection {
  const upload = useUpload(session, picture);
  const progress = useStore(uploadProgressStore, (state) => state[uploadKey(session, picture).join(' ')]);
  const imageReference = picture.origin.kind === 'link' ? picture.origin.url : upload?.address;
  const query = useQuery({
    ...detectFacesQuery(session, imageReference ?? '', picture),
    enabled: imageReference !== undefined && session.canAsk,
  });

  if (!session.canAsk) return { state: 'failed', failure: TOKEN_REQUIRED };
  if (query.data) return { state: 'done', result: query.data };
  if (query.error) return { state: 'failed', failure: query.error.failure };
  if (imageReference !== undefined) {
    return query.fetchStatus === 'idle'
      ? { state: 'cancelled' }
      : { state: 'detecting', retryingAfter: query.failureReason?.failure };
  }
  switch (upload?.status) {
    case 'pending':
      return { state: 'uploading', progress };
    case 'error':
      return upload.failure ? { state: 'failed', failure: upload.failure } : { state: 'cancelled' };
    default:
      return { state: 'waiting' };
  }
}

/** The newest upload of a picture to an engine, from the mutation cache. */
function useUpload(session: EngineSession, picture: Picture): UploadSnapshot | undefined {
  const tries = useMutationState({
    filters: { mutationKey: uploadKey(session, picture), exact: true },
    select: (mutation): UploadSnapshot => ({
      status: mutation.state.status,
      address: typeof mutation.state.data === 'string' ? mutation.state.data : undefined,
      failure: failureOf(mutation.state.error),
    }),
  });
  return tries.at(-1);
}

/** An abort is an error without a failure: nothing to explain. */
const failureOf = (error: FailureError | null): Failure | undefined =>
  error !== null && 'failure' in error ? error.failure : undefined;
