import { queryOptions } from '@tanstack/react-query';
import { contractPaths, engineBase } from '#contract/routes.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import { LONGEST_WAIT_MS } from '#page/platform/query-client.ts';
import { callApi } from '#page/session/api-client.ts';
import { bearerFor } from '#page/session/session-store.ts';
import { noteGeneration, type StoredGeneration } from './generation-store.ts';
import { parseTask, type TaskSnapshot } from './model/parse-task.ts';
import { goesOnAfter, pollDelayMs } from './model/poll-delay.ts';

/** A generation whose task is being asked for. */
export type RunningGeneration = StoredGeneration & {
  readonly phase: Extract<StoredGeneration['phase'], { kind: 'running' }>;
};

export const isRunning = (entry: StoredGeneration): entry is RunningGeneration => entry.phase.kind === 'running';

const emailQuery = (email: string | undefined): string =>
  email === undefined ? '' : `?${new URLSearchParams({ email })}`;

/** `credentialId` stands for the token. */
const taskKey = (input: { readonly credentialId: string; readonly taskId: string; readonly email: string }) =>
  ['kolors-task', input] as const;

/**
 * `GET /tasks/{id}` again and again until the task is final, with growing pauses. What it says is noted in the store,
 * so that other tabs and later visits know it. `credentialId` stands for the token. Asking is free.
 */
export const taskQuery = (entry: RunningGeneration, credentialId: string) => {
  const { id, request, credential, phase } = entry;
  return queryOptions<TaskSnapshot, FailureError>({
    queryKey: taskKey({
      credentialId: credential === 'own' ? credentialId : 'server',
      taskId: phase.taskId,
      email: request.email ?? '',
    }),
    queryFn: async ({ signal }) => {
      const reply = await callApi({
        method: 'GET',
        path: `${engineBase('kling')}${contractPaths.tasks}/${encodeURIComponent(phase.taskId)}${emailQuery(request.email)}`,
        token: credential === 'own' ? bearerFor('kling') : undefined,
        signal,
      });
      if (!reply.ok) {
        const { code } = reply.error;
        if (code === 'not-found' || code === 'result-gone') await noteGeneration(id, { kind: 'not-there', why: code });
        throw new FailureError(reply.error);
      }
      const { json, exchange } = reply.value;
      const snapshot = parseTask(json);
      if (!snapshot.ok) {
        throw new FailureError({
          code: 'unreadable-reply',
          detail: snapshot.error,
          retryAfterMs: undefined,
          exchange,
        });
      }
      await noteGeneration(id, { kind: 'polled', snapshot: snapshot.value });
      return snapshot.value;
    },
    retry: false,
    refetchOnMount: 'always',
    refetchOnReconnect: 'always',
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => {
      const failure = state.error?.failure;
      if (failure !== undefined && !goesOnAfter(failure.code)) return false;
      if (state.data !== undefined && state.data.phase !== 'running') return false;
      const asked = state.dataUpdateCount + state.errorUpdateCount;
      return Math.max(pollDelayMs(asked), Math.min(LONGEST_WAIT_MS, failure?.retryAfterMs ?? 0));
    },
  });
};
