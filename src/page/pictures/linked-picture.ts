import { vendorError } from '#contract/errors.ts';
import { appPaths, MEASURED_SHA256_HEADER } from '#contract/routes.ts';
import { isExpectedBack, isInPlaceOfServer, pauseForServer, saysRestarting } from '#page/platform/server-restart.ts';
import { reopenSession } from '#page/session/api-client.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** What a link gave. */
export type FetchedLink = {
  readonly blob: Blob;
  /** SHA-256 of its bytes, hex; undefined for a file of our own server, which never changes. */
  readonly sha256: string | undefined;
  /** Its host says that it gives something else each time. */
  readonly isUnsteady: boolean;
};

const fetchedFrom = async (response: Response): Promise<FetchedLink> => ({
  blob: await response.blob(),
  sha256: response.headers.get(MEASURED_SHA256_HEADER) ?? undefined,
  isUnsteady: /no-store/.test(response.headers.get('cache-control') ?? ''),
});

/** Why a link gave no picture, in the server's own sentence, and whether another try can help. */
export type LinkRefusal = { readonly text: string; readonly canRetry: boolean };

/** The picture alone, for what is shown and sent to nobody. As `fetchLink`. */
export async function fetchLinkedPicture(url: string, signal: AbortSignal): Promise<Result<Blob, string>> {
  const fetched = await fetchLink(url, signal);
  return fetched.ok ? ok(fetched.value.blob) : err(fetched.error.text);
}

/**
 * Whether a link gives the same bytes when it is asked a second time, as an engine will ask it. No when it gives none
 * any more. Rejects when the signal aborts.
 */
export async function givesTheSame(url: string, { sha256 }: FetchedLink, signal: AbortSignal): Promise<boolean> {
  if (sha256 === undefined) return true;
  const path = `${appPaths.image}?${new URLSearchParams({ url })}`;
  try {
    const response = await fetch(path, { method: 'HEAD', signal, cache: 'no-store' });
    return response.ok && response.headers.get(MEASURED_SHA256_HEADER) === sha256;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}

/**
 * Loads a linked picture through our server's relay, so that it is same-origin and the canvas stays exportable.
 * The error is the server's own sentence: what happened, why, what to do. Goes on by itself when the server was only
 * restarted. Rejects when the signal aborts.
 */
export async function fetchLink(url: string, signal: AbortSignal): Promise<Result<FetchedLink, LinkRefusal>> {
  const path = `${appPaths.image}?${new URLSearchParams({ url })}`;
  // Past the browser's cache: a camera's link gives another picture each time, and the engine fetches it anew.
  const ask = () => fetch(path, { signal, cache: 'no-store' });
  const load = async (): Promise<Response> => {
    for (;;) {
      try {
        const response = await ask();
        const header = (name: string) => response.headers.get(name);
        if (!saysRestarting(response.status, header) && !isInPlaceOfServer(response.status, header)) return response;
      } catch (error) {
        if (signal.aborted || !navigator.onLine || !isExpectedBack()) throw error;
      }
      await pauseForServer(signal);
    }
  };
  let response: Response;
  try {
    response = await load();
    if (response.status === 401 && (await reopenSession())) response = await load();
    if (response.ok) return ok(await fetchedFrom(response));
  } catch (error) {
    if (signal.aborted) throw error;
    return err({ text: 'The server did not answer. Check that it is running, then try again.', canRetry: true });
  }
  if (response.status === 401) {
    return err({
      text: 'Your session has ended, or this browser keeps no cookie of it. Try again, or allow cookies for this address and reload the page.',
      canRetry: true,
    });
  }
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = vendorError.safeParse(body);
  return parsed.success
    ? err({ text: parsed.data.error, canRetry: parsed.data.reason !== 'link-forbidden' })
    : err({ text: `The server answered with status ${response.status}.`, canRetry: true });
}
