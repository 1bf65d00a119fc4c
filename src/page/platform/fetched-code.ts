/**
 * Why code of ours is not there: no connection, a server that was updated meanwhile, one that does not answer, or
 * unknown, because the file itself does come (`stuck`).
 */
export type CodeFailure = 'offline' | 'updated' | 'unreachable' | 'stuck';

/** A part of the page could not be fetched. It costs what needs that part, never the page. */
export class CodeError extends Error {
  readonly failure: CodeFailure;
  constructor(failure: CodeFailure) {
    super(`Code could not be fetched: ${failure}`);
    this.name = 'CodeError';
    this.failure = failure;
  }
}

/** How browsers word an import that could not be fetched (Chromium, Firefox, Safari), and Vite a style sheet. */
const NOT_FETCHED = /dynamically imported module|module script failed|preload CSS/;

/** True for what an import throws whose file did not come, as opposed to a mistake in the code that came. */
export const isNotFetched = (error: unknown): boolean => error instanceof Error && NOT_FETCHED.test(error.message);

/**
 * A dynamic import whose failure says why; rejects with a `CodeError`, or with what the code itself threw. One dropped
 * call is tried again at once. What fails then although its file is there (`stuck`) is either kept as failed by the
 * browser for the page's life, or imports another file that does not come: a reload helps both, another try the second.
 */
export async function fetchCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isNotFetched(error)) throw error;
    const why = await whyMissing(error);
    if (why !== undefined) throw new CodeError(why);
  }
  try {
    return await load();
  } catch (error) {
    throw isNotFetched(error) ? new CodeError('stuck') : error;
  }
}

/** The script that this page began with. */
export const ownEntry = (): string | undefined =>
  globalThis.document?.querySelector('script[type="module"][src]')?.getAttribute('src') ?? undefined;

/** Why a file does not come; undefined when it does come now. The first address in the error is the file's, where it tells. */
async function whyMissing(error: unknown): Promise<CodeFailure | undefined> {
  if (!navigator.onLine) return 'offline';
  const file = error instanceof Error ? /https?:\/\/\S+/.exec(error.message)?.[0] : undefined;
  try {
    if (file !== undefined) {
      const answer = await fetch(file, { cache: 'reload' });
      return answer.ok ? undefined : answer.status === 404 ? 'updated' : 'unreachable';
    }
    // An updated server has another entry in its page: the files of the old one are gone and will not come back.
    const entry = ownEntry();
    const answer = await fetch('/', { cache: 'no-store' });
    if (!answer.ok) return 'unreachable';
    return entry === undefined || (await answer.text()).includes(entry) ? undefined : 'updated';
  } catch {
    return 'unreachable';
  }
}

/** What to do about it, in a sentence. */
export const CODE_CURES: Readonly<Record<CodeFailure, string>> = {
  offline: 'You are offline. It is tried again when the connection is back.',
  updated: 'Facebound was updated: reload the page to go on with the new version.',
  unreachable: 'The server did not answer. Check that it is running, then try again.',
  stuck: 'Try again; if that does not help, reload the page.',
};
