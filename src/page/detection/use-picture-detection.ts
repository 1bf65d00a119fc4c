import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { Picture } from '#page/pictures/work-store.ts';
import { maySend, useMaySend } from '#page/session/send-permissions.ts';
import type { Failure } from '#shared/failure.ts';
import { useIsCancelled } from './cancelled-store.ts';
import { type DetectionResult, detectFacesQuery } from './detect-faces.ts';
import { imageReferenceOf } from './detection-commands.ts';
import type { EngineSession } from './engine-session.ts';
import { savedResultOf } from './saved-result.ts';
import { type Upload, uploadOf, useUpload } from './upload-store.ts';

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
  const isAllowed = useMaySend(session, picture.id);
  const isCancelled = useIsCancelled(session, imageReference, picture);
  const canAsk =
    imageReference !== undefined &&
    session.canAsk &&
    isAllowed &&
    !isCancelled &&
    savedResultOf(session, picture) === undefined;
  const query = useQuery({
    ...detectFacesQuery(session, imageReference ?? '', picture),
    // A failure stays until a person asks again. Else react-query asks as soon as somebody who looked at another picture
    // looks at this one.
    enabled: ({ state }) => canAsk && state.status !== 'error',
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
  if (!maySend(session, picture.id)) return { state: 'not-sent' };
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
