import { REFUSED_HEADER, REQUEST_ID_HEADER } from '#contract/routes.ts';

/**
 * Our server says with a header of its own when it is about to stop. For a while after that, silence and a proxy's
 * "bad gateway" mean that it is not back yet, not that it is gone: free calls wait for it. Nothing here may decide about
 * a paid call, of which silence proves nothing.
 */

/** How long a server that said that it restarts may be away before it counts as gone, in milliseconds. */
const AWAY_MS = 60_000;
/** How long to wait before looking again whether it is back, in milliseconds. */
export const RESTART_PAUSE_MS = 2_000;

/** What a proxy in front of a server that is not there answers. */
const NOT_THERE: ReadonlySet<number> = new Set([502, 503, 504]);

let saidSoAt: number | undefined;

/** True for a while after the server said that it restarts: meanwhile it may still answer what it had begun. */
export const isExpectedBack = (): boolean => saidSoAt !== undefined && performance.now() - saidSoAt < AWAY_MS;

/**
 * Hears of every answer, by its status and headers. True when it is the server's
 * own word that it restarts, so that the call was not sent on.
 */
export function saysRestarting(status: number, header: (name: string) => string | null): boolean {
  if (status === 503 && header(REFUSED_HEADER) !== null) {
    saidSoAt = performance.now();
    return true;
  }
  return false;
}

/** True when an answer is a proxy's, in place of the server that is expected back. */
export const isInPlaceOfServer = (status: number, header: (name: string) => string | null): boolean =>
  isExpectedBack() && NOT_THERE.has(status) && header(REQUEST_ID_HEADER) === null;

/** Waits a moment; rejects with the signal's reason when it aborts. */
export function pauseForServer(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, RESTART_PAUSE_MS);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
