import { MutationObserver, type QueryClient } from '@tanstack/react-query';
import { maySend } from '#page/pictures/send-permissions.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import { toast } from '#page/platform/notices.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import type { Failure } from '#shared/failure.ts';
import { messageFor } from '#shared/failure-message.ts';
import { type DetectionResult, detectFacesQuery } from './detect-faces.ts';
import { retryDetection } from './detection-commands.ts';
import { imageReferenceOf } from './image-reference.ts';
import type { PictureDetection } from './picture-detection.ts';
import { uploadPictureMutation } from './upload-picture.ts';
import { setUpload } from './upload-store.ts';

/** Why a picture is not detected again: the answer could not differ, or there is none to begin with. */
export type WhyNotAgain = 'same-answer' | 'saved-result' | 'under-way' | 'not-sent' | 'token-required';

/**
 * Whether asking the engine once more could give another answer; undefined where it could. A live service may answer
 * otherwise, a link may give another picture, what an earlier visit was told may be an older detector's word. The same
 * detector says of the same bytes what it said.
 */
export function whyNotAgain(
  session: EngineSession,
  picture: Pick<Picture, 'id' | 'origin'>,
  detection: PictureDetection,
): WhyNotAgain | undefined {
  switch (detection.state) {
    case 'not-sent':
      return 'not-sent';
    case 'waiting':
    case 'uploading':
    case 'detecting':
      return 'under-way';
    case 'cancelled':
      return undefined;
    case 'failed':
      return session.canAsk ? undefined : 'token-required';
    case 'done':
      break;
  }
  if (picture.origin.kind === 'replay') return 'saved-result';
  if (detection.isAskedAgain === true) return 'under-way';
  if (!session.canAsk) return 'token-required';
  if (!maySend(session, picture.id)) return 'not-sent';
  const canDiffer =
    session.engine === 'kling' || picture.origin.kind === 'link' || detection.result.isRemembered === true;
  return canDiffer ? undefined : 'same-answer';
}

/** The same in a sentence. */
export const WHY_NOT_AGAIN: Readonly<Record<WhyNotAgain, string>> = {
  'same-answer': 'The same detector finds the same in it',
  'saved-result': 'A saved result stays as it was saved',
  'under-way': 'It is being looked at',
  'not-sent': 'It was not sent to Kling',
  'token-required': 'Kling needs a token',
};

/**
 * Asks the engine once more. What it said before stays until it says something else: a failure changes nothing and is
 * told. What failed or was cancelled is tried again.
 */
export async function detectAgain(
  client: QueryClient,
  session: EngineSession,
  picture: Picture,
  detection: PictureDetection,
): Promise<void> {
  if (whyNotAgain(session, picture, detection) !== undefined) return;
  const address = imageReferenceOf(session, picture);
  if (detection.state !== 'done' || address === undefined) {
    await retryDetection(client, session, picture, detection.state === 'failed' ? detection.failure : undefined);
    return;
  }
  let failure = await askAgain(client, session, picture, address, detection.result);
  if (failure?.code === 'result-gone' && picture.origin.kind === 'file') {
    // The engine no longer has what was uploaded. What it said of it is shown on while the same bytes go there again.
    const moved = await uploadAgain(client, session, picture);
    failure =
      typeof moved === 'string' ? await askAgain(client, session, picture, moved, detection.result) : moved.failure;
  }
  if (failure === undefined) return;
  const { title, cure } = messageFor(failure);
  toast({ title: `${picture.name} was not detected again`, text: `${title}. ${cure} The answer from before stays.` });
}

/** What the engine is told the picture is at gets a new answer, or keeps `before`; why, when it keeps it. */
async function askAgain(
  client: QueryClient,
  session: EngineSession,
  picture: Picture,
  address: string,
  before: DetectionResult,
): Promise<Failure | undefined> {
  const query = detectFacesQuery(session, address, picture);
  if (client.getQueryData(query.queryKey) === undefined) {
    client.setQueryData(query.queryKey, before);
    setUpload(session, picture, { state: 'done', address });
  }
  try {
    await client.fetchQuery({ ...query, staleTime: 0 });
    return undefined;
  } catch (error) {
    // An abort is an error without a failure: nothing to explain.
    if (!(error instanceof FailureError)) return undefined;
    // An answer that is there has not failed.
    client.setQueryData(query.queryKey, before);
    return error.failure;
  }
}

/** The new address of the picture's bytes. Nothing is told of its steps: where the picture stands does not change. */
const uploadAgain = (client: QueryClient, session: EngineSession, picture: Picture) =>
  new MutationObserver(
    client,
    uploadPictureMutation(session, picture, () => undefined),
  )
    .mutate(new AbortController().signal)
    .catch((error: unknown) => {
      if (error instanceof FailureError) return error;
      throw error;
    });
