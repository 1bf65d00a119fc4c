import { type WipeFilesReply, wipeFilesReply } from '#contract/app-files.ts';
import { appPaths } from '#contract/routes.ts';
import { err, ok, type Result } from '#shared/result.ts';

/**
 * `DELETE /app/files`: has the server remove what this session uploaded and caused. The error is a sentence for the
 * person: what happened, and what becomes of the files.
 */
export async function deleteOwnFiles(): Promise<Result<WipeFilesReply, string>> {
  try {
    const response = await fetch(appPaths.ownFiles, { method: 'DELETE' });
    if (response.status === 401) {
      return err(
        'The session had ended, so the server no longer knows which files were yours. It removes them by itself after seven days.',
      );
    }
    const reply = wipeFilesReply.safeParse(await response.json());
    if (response.ok && reply.success) return ok(reply.data);
  } catch {
    // Said below: it makes no difference to the person why there was no answer.
  }
  return err(
    'The server did not answer, so its files are still there. Try again, or let them expire after seven days.',
  );
}
