import { queryOptions } from '@tanstack/react-query';
import { type Sample, sampleList, samplePaths } from '#contract/samples.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import { callApi } from '#page/session/api-client.ts';
import type { ImportItem } from './import-item.ts';

/** The drawn samples that this server offers. */
export const samplesQuery = queryOptions({
  queryKey: ['samples'] as const,
  queryFn: async ({ signal }): Promise<readonly Sample[]> => {
    const reply = await callApi({ method: 'GET', path: samplePaths.list, signal });
    if (!reply.ok) throw new FailureError(reply.error);
    const parsed = sampleList.safeParse(reply.value.json);
    if (parsed.success) return parsed.data;
    const { exchange } = reply.value;
    throw new FailureError({ code: 'unreadable-reply', detail: undefined, retryAfterMs: undefined, exchange });
  },
});

/** Fetches a sample as if it had been chosen from the disk; nothing when the server does not answer with it. */
export async function fetchSample({ name, title }: Sample): Promise<ImportItem | undefined> {
  try {
    const answer = await fetch(samplePaths.picture(name));
    if (!answer.ok) return undefined;
    const file = new File([await answer.blob()], `${name}.jpg`, { type: 'image/jpeg' });
    return { kind: 'file', file, via: 'sample', name: title };
  } catch {
    return undefined;
  }
}
