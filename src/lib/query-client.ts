import { QueryClient } from '@tanstack/react-query';
import type { FailureCode } from '#domain/failure.ts';
import type { FailureError } from './failure-error.ts';

/** Failures that pass by themselves; everything else would fail the same way again. */
const PASSING: ReadonlySet<FailureCode> = new Set([
  'at-capacity',
  'unreachable',
  'service-unreachable',
  'too-slow',
  'server-fault',
]);

const MAX_RETRIES = 3;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

export const isWorthRetrying = (retriesSoFar: number, error: FailureError): boolean =>
  retriesSoFar < MAX_RETRIES && PASSING.has(error.failure.code);

/**
 * Time until the next try in milliseconds: what the service asked for, else doubling from one second, with up to a
 * quarter of jitter so that many pictures do not come back at the same moment.
 */
export function retryDelay(retriesSoFar: number, error: FailureError, random: () => number = Math.random): number {
  const base = error.failure.retryAfterMs ?? Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** retriesSoFar);
  return base * (1 + random() / 4);
}

/** The page's one query client. A detection is asked once and kept for as long as its picture is there. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // A failure stays as it is until a person asks again; looking at it from another place must not.
        retryOnMount: false,
        retry: isWorthRetrying,
        retryDelay,
      },
      mutations: { retry: false },
    },
  });
