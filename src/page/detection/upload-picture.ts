import { mutationOptions } from '@tanstack/react-query';
import { uploadAssetReplyLenient } from '#contract/assets.ts';
import { contractPaths, engineBase } from '#contract/routes.ts';
import { holdWork, whenItsTurn } from '#page/pictures/work-queue.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import { fetchCode } from '#page/platform/fetched-code.ts';
import { isAway, isWorthRetrying, retryDelay } from '#page/platform/query-client.ts';
import { RESTART_PAUSE_MS } from '#page/platform/server-restart.ts';
import { callApi } from '#page/session/api-client.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { bearerFor } from '#page/session/session-store.ts';
import { noteUpload } from '#page/session/upload-record.ts';
import { asksForAccount, wordsOf } from '#shared/service-words.ts';
import { setUpload, type Upload } from './upload-store.ts';

/**
 * `POST /assets/` as a mutation; gives the address that detection sends as `imageReference`. Tried again when the
 * failure passes by itself, and when the connection is back: an upload costs nothing and the same bytes are the same
 * picture. `tell` hears where it stands.
 */
export function uploadPictureMutation(
  session: EngineSession,
  picture: Picture,
  tell = (upload: Upload) => setUpload(session, picture, upload),
) {
  let failedTries = 0;
  return mutationOptions<string, FailureError, AbortSignal>({
    retry: isWorthRetrying,
    retryDelay,
    mutationFn: (signal) =>
      whenItsTurn(picture.id, signal, async () => {
        tell({ state: 'sending', progress: 0 });
        const query = session.email === undefined ? '' : `?email=${encodeURIComponent(session.email)}`;
        const reply = await callApi({
          method: 'POST',
          path: engineBase(session.engine) + contractPaths.assets + query,
          headers: { 'content-type': picture.blob.type },
          body: picture.blob,
          token: bearerFor(session.engine),
          signal,
          onUploadProgress: (sent, total) => tell({ state: 'sending', progress: sent / total }),
        });
        if (!reply.ok) {
          // Until its next try, if there is one.
          failedTries += 1;
          tell({ state: 'waiting', failedTries, retryingAfter: reply.error });
          if (isAway(reply.error.code)) holdWork(reply.error.retryAfterMs ?? RESTART_PAUSE_MS);
          throw new FailureError(reply.error);
        }
        const parsed = uploadAssetReplyLenient.safeParse(reply.value.json);
        if (parsed.success) {
          const { url, fileName } = parsed.data;
          if (session.engine === 'kling') void noteAtKling(session, picture, url, fileName);
          if (session.engine === 'embedded') noteUpload(Date.now());
          return url;
        }
        // No address: where it says why, that is a refusal with status 200.
        const words = wordsOf(reply.value.json);
        throw new FailureError({
          code:
            words === undefined
              ? 'unreadable-reply'
              : asksForAccount(words)
                ? 'account-required'
                : 'refused-by-service',
          detail: words,
          retryAfterMs: undefined,
          exchange: reply.value.exchange,
        });
      }),
  });
}

/** Writes down what lies at Kling now. Where this browser stores nothing, the list of it says so. */
async function noteAtKling(
  { email, credentialId }: EngineSession,
  { sha256 }: Picture,
  address: string,
  fileName: string | undefined,
): Promise<void> {
  try {
    const { noteSentUpload } = await fetchCode(() => import('./sent-uploads.ts'));
    await noteSentUpload({
      address,
      credential: credentialId === 'server' ? 'server' : 'own',
      sha256,
      at: Date.now(),
      ...(email === undefined ? {} : { email }),
      ...(fileName === undefined ? {} : { fileName }),
    });
  } catch {
    // The upload is good all the same.
  }
}
