import type { QueryClient } from '@tanstack/react-query';
import { allowSending, forbidSending, scopeOf, setStopped } from '#page/pictures/send-permissions.ts';
import { endHold, resumeWork } from '#page/pictures/work-queue.ts';
import { type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import type { Failure } from '#shared/failure.ts';
import { detectionKey } from './detect-faces.ts';
import { imageReferenceOf } from './image-reference.ts';
import { lookAgain, type Wish } from './run-detections.ts';
import { digestOfUpload, uploadOf, uploads } from './upload-store.ts';
import { forgetUpload } from './uploads.ts';

/** This picture's detections by the engine, whoever asked. */
const detectionFilter = ({ engine }: EngineSession, imageReference: string, { sha256 }: Picture) => ({
  queryKey: detectionKey({ engine, imageReference, sha256 }),
});

/** Stops whatever is under way for this picture, the upload or the detection, until it is asked for again. */
export const cancelDetection = (client: QueryClient, session: EngineSession, picture: Picture): Promise<void> =>
  cancelDetections(client, [{ session, picture }]);

/** The same for many, in one change. */
export async function cancelDetections(client: QueryClient, those: readonly Wish[]): Promise<void> {
  setStopped(
    those.map(({ session, picture }) => [session, picture.id]),
    true,
  );
  // Others may look at the queries, so that they would go on.
  await Promise.all(
    those.map(({ session, picture }) => {
      const imageReference = imageReferenceOf(session, picture);
      return imageReference && client.cancelQueries(detectionFilter(session, imageReference, picture));
    }),
  );
}

/** Asks again after a cancel, or after `failure`. */
export const retryDetection = (
  client: QueryClient,
  session: EngineSession,
  picture: Picture,
  failure: Failure | undefined,
): Promise<void> => retryDetections(client, [{ session, picture, failure }]);

/** The same for many, which are asked about together. */
export async function retryDetections(
  client: QueryClient,
  those: readonly (Wish & { readonly failure: Failure | undefined })[],
): Promise<void> {
  await Promise.all(those.map((each) => clearFailure(client, each)));
  setStopped(
    those.map(({ session, picture }) => [session, picture.id]),
    false,
  );
  lookAgain();
}

/** Forgets what failed, so that it is asked about anew. */
async function clearFailure(
  client: QueryClient,
  { session, picture, failure }: Wish & { readonly failure: Failure | undefined },
): Promise<void> {
  // For want of the access key everything was paused.
  if (failure?.code === 'session-ended') resumeWork();
  const imageReference = imageReferenceOf(session, picture);
  // The engine no longer has the picture.
  const isGone = failure?.code === 'result-gone' && picture.origin.kind !== 'link';
  if (isGone || uploadOf(session, picture)?.state === 'failed') forgetUpload(session, picture);
  if (imageReference !== undefined) {
    const filter = detectionFilter(session, imageReference, picture);
    if (isGone) client.removeQueries(filter);
    else await client.resetQueries(filter);
  }
}

/** Ends the wait before the next try of this picture, its upload or its detection: a person does not want to wait. */
export async function tryNow(client: QueryClient, session: EngineSession, picture: Picture): Promise<void> {
  endHold();
  if (uploadOf(session, picture)?.state === 'waiting') forgetUpload(session, picture);
  await retryDetection(client, session, picture, undefined);
}

/**
 * An engine says that it no longer has what was uploaded and got this address. Whoever still wants its picture looked at
 * has it uploaded again.
 */
export function uploadWasLost(client: QueryClient, address: string): void {
  const lost = [...uploads.entries()].filter(([, upload]) => upload.state === 'done' && upload.address === address);
  if (lost.length === 0) return;
  for (const [key] of lost) uploads.set(key, undefined);
  client.removeQueries({ queryKey: detectionKey({ imageReference: address }) });
  lookAgain();
}

/**
 * What had been uploaded and got these addresses was taken back. Its answers go with it, and it is sent again only when a
 * person allows that again.
 */
export function uploadsTakenBack(client: QueryClient, addresses: ReadonlySet<string>): void {
  const gone = [...uploads.entries()].flatMap(([key, upload]) =>
    upload.state === 'done' && addresses.has(upload.address) ? [key] : [],
  );
  const contents = new Set(gone.map(digestOfUpload));
  const { removed, ...work } = workStore.getState();
  const pictures = picturesOf(work);
  // First: what has no upload and may be sent is sent.
  for (const { id, sha256 } of [...pictures, ...removed]) {
    if (contents.has(sha256)) forbidSending(id);
  }
  for (const key of gone) uploads.set(key, undefined);
  for (const imageReference of addresses) client.removeQueries({ queryKey: detectionKey({ imageReference }) });
  lookAgain();
}

/** A person allows these pictures to be sent to the engine. */
export const sendTo = (session: EngineSession, pictures: readonly Picture[]): void =>
  allowSending(
    [scopeOf(session)],
    pictures.map(({ id }) => id),
  );
