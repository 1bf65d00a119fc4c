import { MutationObserver, type QueryClient } from '@tanstack/react-query';
import { resumeWork } from '#page/pictures/work-queue.ts';
import { type Picture, removePicture } from '#page/pictures/work-store.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import { allowSending, maySend, scopeOf } from '#page/session/send-permissions.ts';
import type { Failure } from '#shared/failure.ts';
import { setCancelled } from './cancelled-store.ts';
import { detectionKey } from './detect-faces.ts';
import type { EngineSession } from './engine-session.ts';
import { savedResultOf } from './saved-result.ts';
import { uploadPictureMutation } from './upload-picture.ts';
import { setUpload, type Upload, uploadKey, uploadOf } from './upload-store.ts';

/** Running uploads by upload key, so that they can be cancelled. */
const runningUploads = new Map<string, AbortController>();

/** Why an upload ends whose picture was removed: nobody cancelled it, so it begins anew when the picture is back. */
const REMOVED = new Error('The picture was removed');

/** This picture's detections by the engine, whoever asked. */
const detectionFilter = ({ engine }: EngineSession, imageReference: string, { sha256 }: Picture) => ({
  queryKey: detectionKey({ engine, imageReference, sha256 }),
});

/** Address that detection uses for the picture, once there is one. */
export function imageReferenceOf(session: EngineSession, picture: Picture): string | undefined {
  if (picture.origin.kind === 'link') return picture.origin.url;
  const saved = savedResultOf(session, picture);
  if (saved !== undefined) return saved.imageReference;
  const upload = uploadOf(session, picture);
  return upload?.state === 'done' ? upload.address : undefined;
}

/** Uploads the picture to the engine unless nobody allowed it, or it was done, is under way, failed or was cancelled. */
export function ensureUploaded(client: QueryClient, session: EngineSession, picture: Picture): void {
  if (!maySend(session, picture.id)) return;
  if (picture.origin.kind === 'link' || savedResultOf(session, picture) !== undefined) return;
  if (uploadOf(session, picture) !== undefined) return;
  const key = uploadKey(session, picture);
  const controller = new AbortController();
  const { signal } = controller;
  const end = (upload: Upload | undefined) => {
    if (runningUploads.get(key) !== controller) return;
    runningUploads.delete(key);
    setUpload(session, picture, upload);
  };
  runningUploads.set(key, controller);
  setUpload(session, picture, { state: 'waiting', failedTries: 0 });
  // At once, because what waits for its next try hears of an abort only then.
  signal.addEventListener('abort', () => end(signal.reason === REMOVED ? undefined : { state: 'cancelled' }));
  new MutationObserver(client, uploadPictureMutation(session, picture)).mutate(signal).then(
    (address) => end({ state: 'done', address }),
    (error: unknown) =>
      // An abort is an error without a failure: nothing to explain.
      end(error instanceof FailureError ? { state: 'failed', failure: error.failure } : { state: 'cancelled' }),
  );
}

/** Stops whatever is under way for this picture, the upload or the detection, until it is asked for again. */
export async function cancelDetection(
  client: QueryClient,
  session: EngineSession,
  picture: Picture,
  reason?: Error,
): Promise<void> {
  runningUploads.get(uploadKey(session, picture))?.abort(reason);
  const imageReference = imageReferenceOf(session, picture);
  if (imageReference === undefined) return;
  const filter = detectionFilter(session, imageReference, picture);
  // Waiting for the connection counts as well.
  const isRunning = client
    .getQueryCache()
    .findAll(filter)
    .some(({ state }) => state.fetchStatus !== 'idle');
  if (reason !== REMOVED && isRunning) setCancelled(session, imageReference, picture, true);
  await client.cancelQueries(filter);
}

/** Asks again after a cancel, or after `failure`. */
export async function retryDetection(
  client: QueryClient,
  session: EngineSession,
  picture: Picture,
  failure: Failure | undefined,
): Promise<void> {
  // For want of the access key everything was paused.
  if (failure?.code === 'session-ended') resumeWork();
  // The engine no longer has the picture.
  const uploadAgain = failure?.code === 'result-gone';
  const imageReference = imageReferenceOf(session, picture);
  if (imageReference !== undefined) setCancelled(session, imageReference, picture, false);
  if (imageReference !== undefined && !(uploadAgain && picture.origin.kind !== 'link')) {
    await client.resetQueries(detectionFilter(session, imageReference, picture));
    return;
  }
  if (imageReference !== undefined) client.removeQueries(detectionFilter(session, imageReference, picture));
  setUpload(session, picture, undefined);
  ensureUploaded(client, session, picture);
}

/** A person allows these pictures to be sent to the engine; what keeps each going does the rest. */
export const sendTo = (session: EngineSession, pictures: readonly Picture[]): void =>
  allowSending(
    [scopeOf(session)],
    pictures.map(({ id }) => id),
  );

/** Removes a picture from the work, and stops what was under way for it; brought back, it goes on by itself. */
export async function discardPicture(client: QueryClient, session: EngineSession, picture: Picture): Promise<void> {
  await cancelDetection(client, session, picture, REMOVED);
  removePicture(picture.id);
}
