import { contractPaths, engineBase, PAID_ONCE_HEADER } from '#contract/routes.ts';
import { browserLocks } from '#page/platform/browser-storage.ts';
import { isFromNewerPage } from '#page/platform/page-database.ts';
import { isExpectedBack } from '#page/platform/server-restart.ts';
import { callApi, reopenSession } from '#page/session/api-client.ts';
import { bearerFor } from '#page/session/session-store.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { wordsOf } from '#shared/service-words.ts';
import { claimGeneration, noteGeneration, type StoredGeneration } from './generation-store.ts';
import { eventOfFailedSend, type GenerationEvent } from './model/generation.ts';
import { taskIdOf } from './model/parse-task.ts';

/** Why nothing was sent: a closed set, with its words in `UNSENT_MESSAGES`. */
export type Unsent =
  | 'already-confirmed'
  | 'same-request-open'
  | 'not-stored'
  | 'newer-page'
  | 'no-locks'
  | 'offline'
  | 'no-session'
  | 'restarting'
  | 'no-token';

export const UNSENT_MESSAGES: Readonly<Record<Unsent, string>> = {
  'already-confirmed': 'This was already sent, here or in another tab. It is in the list of generations.',
  'same-request-open':
    'The same request is already on its way, here or in another tab. It is in the list of generations. Wait for it, or change something.',
  'not-stored':
    'This browser does not let the page write down what it sends, so nothing was sent: a reload could have paid twice. Allow site data for this page, then try again.',
  'newer-page':
    'A newer version of this page has been here, and what it wrote down cannot be read by this one, so nothing was sent: it could have been paid twice. Reload the page, then try again.',
  'no-locks':
    'Generating needs a secure connection. Open this page over https or on the machine itself; copying works anywhere.',
  offline: 'You are offline. Nothing was sent.',
  'no-token': 'The token is gone. Enter it again, then confirm again. Nothing was sent.',
  restarting: 'The server is restarting. Nothing was sent. Generate again in a moment.',
  'no-session': 'There is no session without the access key. Confirm again to be asked for it. Nothing was sent.',
};

/** Held by the tab that sends, for as long as it waits: whoever gets it knows that nobody is waiting any more. */
const sendLock = (id: string): string => `facebound.generation.${id}`;

/** Longest wait for the answer to a paid call, in milliseconds. */
const SEND_TIMEOUT_MS = 180_000;

/**
 * Sends one confirmed generation, at most once: it is written down first, under a lock and in one transaction with
 * the look at everything written down before. Never tries a second time by itself. The outcome is noted in the store,
 * and given here when it was sent at all.
 */
export async function sendGeneration(
  wanted: StoredGeneration,
  again: string | undefined,
): Promise<Result<GenerationEvent, Unsent>> {
  const locks = browserLocks();
  if (locks === undefined) return err(isSecureContext ? 'not-stored' : 'no-locks');
  if (!navigator.onLine) return err('offline');
  if (wanted.credential === 'own' && bearerFor('kling') === undefined) return err('no-token');
  // A session that ran out would look like a refusal by the service; this call costs nothing and opens it again. A token
  // of the tab's own needs one only where there is an access key, and our server says so then.
  if (!(await reopenSession()) && wanted.credential === 'server') {
    return err(isExpectedBack() ? 'restarting' : 'no-session');
  }
  let isGranted = false;
  try {
    return await locks.request(sendLock(wanted.id), { ifAvailable: true }, async (lock) => {
      isGranted = true;
      if (lock === null) return err('already-confirmed');
      try {
        const claim = await claimGeneration(wanted, again);
        if (!claim.ok) return err(claim.error.reason);
      } catch (error) {
        return err(isFromNewerPage(error) ? 'newer-page' : 'not-stored');
      }
      const outcome = await post(wanted);
      await noteGeneration(wanted.id, outcome);
      return ok(outcome);
    });
  } catch (error) {
    // With site data blocked the request itself is refused; nothing was sent then.
    if (!isGranted) return err('not-stored');
    throw error;
  }
}

async function post({ id, request, credential }: StoredGeneration): Promise<GenerationEvent> {
  const reply = await callApi({
    method: 'POST',
    path: engineBase('kling') + contractPaths.kolors,
    headers: { 'content-type': 'application/json', [PAID_ONCE_HEADER]: id },
    body: JSON.stringify(request),
    token: credential === 'own' ? bearerFor('kling') : undefined,
    timeoutMs: SEND_TIMEOUT_MS,
    once: true,
  });
  if (!reply.ok) return eventOfFailedSend(reply.error);
  const taskId = taskIdOf(reply.value.json);
  if (taskId !== undefined) return { kind: 'task-made', taskId };
  return {
    kind: 'no-answer',
    detail: wordsOf(reply.value.json) ?? 'The service answered without telling the number of the task.',
  };
}

/**
 * Waits until nobody waits for an answer to this generation, and notes that its outcome is unknown unless it is known
 * by then. Ends without a note when the signal aborts.
 */
export async function noteWhenAbandoned(id: string, signal: AbortSignal): Promise<void> {
  const locks = browserLocks();
  if (locks === undefined) return noteGeneration(id, { kind: 'no-answer', detail: undefined });
  try {
    await locks.request(sendLock(id), { signal }, () => noteGeneration(id, { kind: 'no-answer', detail: undefined }));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
