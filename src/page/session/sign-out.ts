import { vendorError } from '#contract/errors.ts';
import { appPaths } from '#contract/routes.ts';
import { tabStorage, visitorStorage } from '#page/platform/browser-storage.ts';
import { noteSession } from './upload-record.ts';

/** What the page says after it was loaded anew: our own sentence, without a name in it. */
const FAREWELL_KEY = 'facebound.farewell';
/** Somebody signed out while the server could not be reached: the session is ended before it is used again. */
const DUE_KEY = 'facebound.sign-out-due';

/**
 * Ends the session, for every tab of this browser. False when the server did not answer; then nothing has changed. A
 * server that could not write it down has still taken the session from this browser.
 */
export async function endSession(): Promise<boolean> {
  const ended = await fetch(appPaths.session, { method: 'DELETE' }).then(
    async (response) => response.ok || (await reasonOf(response)) === 'signed-out-unwritten',
    () => false,
  );
  if (!ended) return false;
  noteSession(undefined);
  visitorStorage.remove(DUE_KEY);
  return true;
}

async function reasonOf(response: Response): Promise<string | undefined> {
  const parsed = vendorError.safeParse(await response.json().catch(() => undefined));
  return parsed.success ? parsed.data.reason : undefined;
}

/** Has the session ended as soon as the server answers, before this browser uses it again. */
export const endSessionLater = (): void => visitorStorage.set(DUE_KEY, 'yes');

/** Somebody has signed in since, with the key: the session before is nobody's any more. */
export const signedInAgain = (): void => visitorStorage.remove(DUE_KEY);

export const isSignOutDue = (): boolean => visitorStorage.get(DUE_KEY) !== undefined;

/** Begins the page anew, so that what this tab held in memory is gone, a token too, and has it say this. */
export function beginAnew(farewell: string): void {
  tabStorage.set(FAREWELL_KEY, farewell);
  location.reload();
}

/** What was to be said in this page, once it was loaded anew. */
export const farewell = tabStorage.get(FAREWELL_KEY);
tabStorage.remove(FAREWELL_KEY);
