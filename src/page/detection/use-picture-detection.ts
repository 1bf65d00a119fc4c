import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { Failure } from '#domain/failure.ts';
import type { Picture } from '#lib/work-store.ts';
import { useIsCancelled } from './cancelled-store.ts';
import { type DetectionResult, detectFacesQuery } from './detect-faces.ts';
import { imageReferenceOf } from './detection-commands.ts';
import type { EngineSession } from './engine-session.ts';
import { savedResultOf } from './saved-result.ts';
import { type Upload, uploadOf, useUpload } from './upload-store.ts';

/** Where a picture stands with one engine. */
export type PictureDetection =
  /** `failedTries`: how often the upload was tried before, which is why it waits. */
  | { readonly state: 'waiting'; readonly failedTries: number }
  | { readonly state: 'uploading'; readonly progress: number }
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

/** What react-query knows of a detection. */
type DetectionQuery = {
  readonly data: DetectionResult | undefined;
  readonly error: { readonly failure: Failure } | null;
  readonly fetchStatus: 'fetching' | 'paused' | 'idle';
  readonly failureReason: { readonly failure: Failure } | null;
};

/**
 * Reads where a picture stands with an engine: any component may call it, the filmstrip as well as the stage.
 * `PictureRunner` is what starts things.
 */
export function usePictureDetection(session: EngineSession, picture: Picture): PictureDetection {
  const upload = useUpload(session, picture);
  const imageReference = imageReferenceOf(session, picture);
  const isCancelled = useIsCancelled(session, imageReference);
  const query = useQuery({
    ...detectFacesQuery(session, imageReference ?? '', picture),
    enabled:
      imageReference !== undefined && session.canAsk && !isCancelled && savedResultOf(session, picture) === undefined,
  });
  return describe(session, picture, upload, imageReference, query);
}

/** The same, read once from the caches: for counting over many pictures. */
export function readPictureDetection(client: QueryClient, session: EngineSession, picture: Picture): PictureDetection {
  const imageReference = imageReferenceOf(session, picture);
  const query =
    imageReference === undefined
      ? undefined
      : client.getQueryState(detectFacesQuery(session, imageReference, picture).queryKey);
  return describe(session, picture, uploadOf(session, picture), imageReference, {
    data: query?.data,
    error: query?.error ?? null,
    fetchStatus: query?.fetchStatus ?? 'fetching',
    failureReason: query?.fetchFailureReason ?? null,
  });
}

function describe(
  session: EngineSession,
  picture: Picture,
  upload: Upload | undefined,
  imageReference: string | undefined,
  query: DetectionQuery,
): PictureDetection {
  const saved = savedResultOf(session, picture);
  if (saved !== undefined) return { state: 'done', result: saved };
  // What is known already needs no token: a result that the memory brought back after a reload.
  if (query.data) return { state: 'done', result: query.data };
  if (!session.canAsk) return { state: 'failed', failure: TOKEN_REQUIRED };
  if (query.error) return { state: 'failed', failure: query.error.failure };
  if (imageReference !== undefined) {
    return query.fetchStatus === 'idle'
      ? { state: 'cancelled' }
      : { state: 'detecting', retryingAfter: query.failureReason?.failure };
  }
  switch (upload?.state) {
    case 'sending':
      return { state: 'uploading', progress: upload.progress };
    case 'failed':
      return { state: 'failed', failure: upload.failure };
    case 'cancelled':
      return { state: 'cancelled' };
    case 'waiting':
      return upload;
    case 'done':
    case undefined:
      return { state: 'waiting', failedTries: 0 };
  }
}
