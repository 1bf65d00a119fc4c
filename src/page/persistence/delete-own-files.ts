import { type WipeFilesReply, wipeFilesReply } from '#contract/app-files.ts';
import { appPaths, SESSION_MARK_HEADER } from '#contract/routes.ts';
import { noteWiped } from '#page/session/upload-record.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Why the server removed nothing. `session-over`: it no longer knows which files were this browser's. */
export type WipeFailure = 'session-over' | 'no-answer';

/** `DELETE /app/files`: has the server remove what this session uploaded and caused. */
export async function deleteOwnFiles(): Promise<Result<WipeFilesReply, WipeFailure>> {
  try {
    const response = await fetch(appPaths.ownFiles, { method: 'DELETE' });
    if (response.status === 401) return err('session-over');
    const reply = wipeFilesReply.safeParse(await response.json());
    if (response.ok && reply.success) {
      const mark = response.headers.get(SESSION_MARK_HEADER);
      if (mark !== null) noteWiped(mark, Date.now());
      return ok(reply.data);
    }
  } catch {
    // It makes no difference to the person why there was no answer.
  }
  return err('no-answer');
}
