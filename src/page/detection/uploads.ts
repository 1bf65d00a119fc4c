import { MutationObserver, type QueryClient } from '@tanstack/react-query';
import type { Picture } from '#page/pictures/work-store.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { uploadPictureMutation } from './upload-picture.ts';
import { setUpload, type Upload, uploadKey, uploadOf } from './upload-store.ts';

/** Uploads under way, by upload key. */
const running = new Map<string, { session: EngineSession; picture: Picture; controller: AbortController }>();

/**
 * Uploads the picture to the engine, unless these bytes are there, on their way, or failed and nobody asked again.
 * `onEnd` runs when it is over, however it ends, unless it was called off.
 */
export function beginUpload(client: QueryClient, session: EngineSession, picture: Picture, onEnd: () => void): void {
  if (uploadOf(session, picture) !== undefined) return;
  const key = uploadKey(session, picture);
  const controller = new AbortController();
  const { signal } = controller;
  const end = (upload: Upload) => {
    // Called off, and perhaps begun anew since.
    if (running.get(key)?.controller !== controller) return;
    running.delete(key);
    setUpload(session, picture, upload);
    onEnd();
  };
  running.set(key, { session, picture, controller });
  setUpload(session, picture, { state: 'waiting', failedTries: 0 });
  new MutationObserver(client, uploadPictureMutation(session, picture)).mutate(signal).then(
    (address) => end({ state: 'done', address }),
    (error: unknown) => {
      // An abort is an error without a failure: nothing to explain.
      if (error instanceof FailureError) end({ state: 'failed', failure: error.failure });
      else if (!signal.aborted) throw error;
    },
  );
}

/** Forgets the upload of these bytes, under way or over, so that they are uploaded again when asked for. */
export function forgetUpload(session: EngineSession, picture: Picture): void {
  const key = uploadKey(session, picture);
  const controller = running.get(key)?.controller;
  running.delete(key);
  setUpload(session, picture, undefined);
  controller?.abort();
}

/** Calls off what is under way and nobody wants any more; asked for again, it begins anew. */
export function endUploadsBut(isWanted: (session: EngineSession, picture: Picture) => boolean): void {
  for (const { session, picture } of running.values()) {
    if (!isWanted(session, picture)) forgetUpload(session, picture);
  }
}
