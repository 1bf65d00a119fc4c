import { queryOptions } from '@tanstack/react-query';
import { FailureError } from '#page/platform/failure-error.ts';
import { isAway } from '#page/platform/query-client.ts';
import { openSession } from '../api-client.ts';
import { endSession, isSignOutDue } from '../sign-out.ts';

/** Opens, or finds open, the page's own session. Fails when the server wants an access key first. */
export const sessionQuery = queryOptions({
  queryKey: ['session'] as const,
  // Anything else is the person's to answer, or to try again.
  retry: (_, error) => isAway(error.failure.code),
  queryFn: async (): Promise<true> => {
    // Whoever signed out while nothing could be reached is not signed in again by the next visit.
    if (isSignOutDue() && !(await endSession())) {
      throw new FailureError({ code: 'unreachable', detail: undefined, retryAfterMs: undefined, exchange: undefined });
    }
    const opened = await openSession();
    if (!opened.ok) throw new FailureError(opened.error);
    return true;
  },
});
