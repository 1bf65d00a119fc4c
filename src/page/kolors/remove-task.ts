import { contractPaths, engineBase } from '#contract/routes.ts';
import { deletedTaskReply } from '#contract/tasks.ts';
import { callApi } from '#page/session/api-client.ts';
import { bearerFor } from '#page/session/session-store.ts';
import { messageFor } from '#shared/failure-message.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { StoredGeneration } from './generation-store.ts';

/** A generation whose pictures are there. */
export type MadeGeneration = StoredGeneration & {
  readonly phase: Extract<StoredGeneration['phase'], { kind: 'succeeded' }>;
};

export const isMade = (entry: StoredGeneration): entry is MadeGeneration => entry.phase.kind === 'succeeded';

/**
 * `DELETE /tasks/{id}`: removes what one task made, which was paid for, with the token that paid. `gone` means that Kling
 * has nothing of it any more. Only what Kling confirms counts; the error is a sentence for the person.
 */
export async function removeTask({
  request,
  credential,
  phase,
}: MadeGeneration): Promise<Result<'removed' | 'gone', string>> {
  const query = request.email === undefined ? '' : `?${new URLSearchParams({ email: request.email })}`;
  const reply = await callApi({
    method: 'DELETE',
    path: `${engineBase('kling')}${contractPaths.tasks}/${encodeURIComponent(phase.taskId)}${query}`,
    token: credential === 'own' ? bearerFor('kling') : undefined,
  });
  if (reply.ok) {
    return deletedTaskReply.safeParse(reply.value.json).success
      ? ok('removed')
      : err('Kling did not confirm it: the pictures are still there.');
  }
  const { code } = reply.error;
  if (code === 'not-found' || code === 'result-gone') return ok('gone');
  const { title, cure } = messageFor(reply.error);
  return err(`Kling did not confirm it: the pictures are still there. ${title}. ${cure}`);
}
