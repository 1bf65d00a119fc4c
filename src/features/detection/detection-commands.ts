import { MutationObserver, type QueryClient } from '@tanstack/react-query';
import { type Picture, removePicture } from '#lib/work-store.ts';
import type { EngineSession } from './engine-session.ts';
import { uploadKey, uploadPictureMutation } from './upload-picture.ts';

/** Running uploads, so that they can be cancelled; the key is the upload key as text. */
const runningUploads = new Map<string, AbortController>();

const uploadsOf = (client: QueryClient, session: EngineSession, picture: Picture) =>
  client.getMutationCache().findAll({ mutationKey: uploadKey(session, picture), exact: true });

const detectionFilter = (session: EngineSession, imageReference: string) => ({
  predicate: (query: { queryKey: readonly unknown[] }) =>
    query.queryKey[0] === 'recognize-faces' &&
    query.queryKey[1] === session.engine &&
    query.queryKey.at(-1) === imageReference,
});

/** Address that detection uses for the picture, once there is one. */
function imageReferenceOf(client: QueryClient, session: EngineSession, picture: Picture): string | undefined {
  if (picture.origin.kind === 'link') return picture.origin.url;
  const address = uploadsOf(client, session, picture).at(-1)?.state.data;
  return typeof address === 'string' ? address : undefined;
}

/** Uploads the picture to the engine unless that was done, is under way, failed, or was cancelled. */
export function ensureUploaded(client: QueryClient, session: EngineSession, picture: Picture): void {
  if (picture.origin.kind === 'link' || uploadsOf(client, session, picture).length > 0) return;
  const key = uploadKey(session, picture).join(' ');
  const controller = new AbortController();
  runningUploads.set(key, controller);
  new MutationObserver(client, uploadPictureMutation(session, picture))
    .mutate(controller.signal)
    .catch(() => {
      // The failure is in the mutation's state, where every view reads it.
    })
    .finally(() => runningUploads.delete(key));
}

/** Stops whatever is under way for this picture: the upload or the detection. */
export async function cancelDetection(client: QueryClient, session: EngineSession, picture: Picture): Promise<void> {
  runningUploads.get(uploadKey(session, picture).join(' '))?.abort();
  const imageReference = imageReferenceOf(client, session, picture);
  if (imageReference !== undefined) await client.cancelQueries(detectionFilter(session, imageReference));
}

/** Asks again after a failure or a cancel. `uploadAgain` when the engine no longer has the picture. */
export async function retryDetection(
  client: QueryClient,
  session: EngineSession,
  picture: Picture,
  uploadAgain: boolean,
): Promise<void> {
  const imageReference = imageReferenceOf(client, session, picture);
  if (imageReference !== undefined && !(uploadAgain && picture.origin.kind === 'file')) {
    await client.resetQueries(detectionFilter(session, imageReference));
    return;
  }
  forgetUploads(client, session, picture);
  if (imageReference !== undefined) client.removeQueries(detectionFilter(session, imageReference));
  ensureUploaded(client, session, picture);
}

function forgetUploads(client: QueryClient, session: EngineSession, picture: Picture): void {
  for (const upload of uploadsOf(client, session, picture)) client.getMutationCache().remove(upload);
}

/** Removes a picture from the work, and stops what was under way for it. */
export async function discardPicture(client: QueryClient, session: EngineSession, picture: Picture): Promise<void> {
  await cancelDetection(client, session, picture);
  removePicture(picture.id);
}
