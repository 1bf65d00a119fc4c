import { focusManager, QueryClient } from '@tanstack/react-query';
import type { Failure, FailureCode } from '#shared/failure.ts';
import { FailureError } from './failure-error.ts';
import { RESTART_PAUSE_MS } from './server-restart.ts';

/**
 * Failures that pass by themselves; everything else would fail the same way again. Not what was too slow: each try takes
 * two minutes, so the person is told after the first one and decides.
 */
const PASSING: ReadonlySet<FailureCode> = new Set([
  'at-capacity',
  'unreachable',
  'service-unreachable',
  'service-trouble',
  'reply-broken',
  'server-fault',
]);

/** What the server waits for itself, or the server: free calls wait as well, however long that takes. */
const AWAY: ReadonlySet<FailureCode> = new Set(['restarting', 'store-away', 'queue-away']);

/** True when a free call goes on by itself once the server, or what the server needs, is back. */
export const isAway = (code: FailureCode): boolean => AWAY.has(code);

const MAX_RETRIES = 3;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** Longest wait before the page tries again by itself, in milliseconds, whatever the service asked for. */
export const LONGEST_WAIT_MS = 600_000;

/** Most by which a wait is drawn out, in milliseconds: a countdown at its end must not stand for long. */
const MOST_JITTER_MS = 2_000;

/**
 * A lost connection is no failure of the call, nor is a server that stops to begin anew or waits for what it needs: it
 * goes on whenever that is over, however often. An abort, which is an error without a failure, is never repeated.
 */
export function isWorthRetrying(retriesSoFar: number, error: Error): boolean {
  if (!(error instanceof FailureError)) return false;
  if (error.failure.code === 'offline' || isAway(error.failure.code)) return true;
  return retriesSoFar < MAX_RETRIES && PASSING.has(error.failure.code);
}

/**
 * Time until the next try in milliseconds: what the service asked for up to ten minutes, else doubling from one second
 * (even while our server restarts), with up to a quarter of jitter, two seconds at most, so that many pictures do not
 * come back at the same moment.
 */
export function retryDelay(retriesSoFar: number, error: Error, random: () => number = Math.random): number {
  // react-query asks for the wait before it asks whether to try again at all, of an abort as well.
  const asked = error instanceof FailureError ? error.failure.retryAfterMs : undefined;
  const growing = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** retriesSoFar);
  const isOnlyAway = error instanceof FailureError && isAway(error.failure.code);
  const base = Math.min(LONGEST_WAIT_MS, asked ?? (isOnlyAway ? RESTART_PAUSE_MS : growing));
  return base + random() * Math.min(MOST_JITTER_MS, base / 4);
}

/** When the wait that the service asked for is over, in milliseconds since 1970; undefined when it asked for none. */
export const waitsUntil = ({ heardAt, retryAfterMs }: Failure): number | undefined =>
  heardAt === undefined || retryAfterMs === undefined ? undefined : heardAt + Math.min(retryAfterMs, LONGEST_WAIT_MS);

/**
 * Settings of the page's query client. A detection is asked once and kept for as long as its picture is there. Calls are tried
 * whatever the browser says of the network, because a server on this machine needs none; what then fails for want of a
 * connection waits for it. Work goes on in a tab that nobody looks at.
 */
export function createQueryClient(): QueryClient {
  focusManager.setFocused(true);
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'offlineFirst',
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // A failure stays as it is until a person asks again; looking at it from another place must not.
        retryOnMount: false,
        retry: isWorthRetrying,
        retryDelay,
      },
      mutations: { retry: false, networkMode: 'offlineFirst' },
    },
  });
}

/** The page's one query client. */
export const queryClient = createQueryClient();
