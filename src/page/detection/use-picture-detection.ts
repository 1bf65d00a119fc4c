import { type QueryClient, useQuery } from '@tanstack/react-query';
import { isStopped, maySend, useIsStopped, useMaySend } from '#page/pictures/send-permissions.ts';
import { type Picture, workStore } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { detectFacesQuery, detectionStateOf } from './detect-faces.ts';
import { addressOf } from './image-reference.ts';
import { detectionOf, type PictureDetection } from './picture-detection.ts';
import { savedResultOf } from './saved-result.ts';
import { uploadOf, useUpload } from './upload-store.ts';

/**
 * Reads where a picture stands with an engine: any component may call it, the filmstrip as well as the stage. It starts
 * nothing; `runDetections` does.
 */
export function usePictureDetection(session: EngineSession, picture: Picture): PictureDetection {
  const upload = useUpload(session, picture);
  const imageReference = addressOf(session, picture, upload);
  const query = useQuery({ ...detectFacesQuery(session, imageReference ?? '', picture), enabled: false });
  return detectionOf({
    saved: savedResultOf(session, picture),
    canAsk: session.canAsk,
    needsAccount: session.needsAccount,
    isAllowed: useMaySend(session, picture.id),
    isStopped: useIsStopped(session, picture.id),
    imageReference,
    upload,
    query,
  });
}

/** The same, read once from the stores: for counting over many pictures. */
export function readPictureDetection(client: QueryClient, session: EngineSession, picture: Picture): PictureDetection {
  const upload = uploadOf(session, picture);
  const imageReference = addressOf(session, picture, upload);
  const query = imageReference === undefined ? undefined : detectionStateOf(client, session, imageReference, picture);
  return detectionOf({
    saved: savedResultOf(session, picture),
    canAsk: session.canAsk,
    needsAccount: session.needsAccount,
    isAllowed: maySend(session, picture.id),
    isStopped: isStopped(workStore.getState(), session, picture.id),
    imageReference,
    upload,
    query: {
      data: query?.data,
      fetchStatus: query?.fetchStatus ?? 'idle',
      error: query?.error ?? null,
      failureReason: query?.fetchFailureReason ?? null,
    },
  });
}
