import { queryOptions } from '@tanstack/react-query';
import { openSession } from '#lib/api-client.ts';
import { FailureError } from '#lib/failure-error.ts';

/** Opens, or finds open, the page's own session. Fails when the server wants an access key first. */
export const sessionQuery = queryOptions({
  queryKey: ['session'] as const,
  retry: false,
  queryFn: async (): Promise<true> => {
    const opened = await openSession();
    if (!opened.ok) throw new FailureError(opened.error);
    return true;
  },
});
