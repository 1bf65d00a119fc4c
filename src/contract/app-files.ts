import * as z from 'zod/mini';

/**
 * Reply of `DELETE /app/files`, which ends the addresses of what this session uploaded and removes the pictures and crops
 * that it uploaded or caused. Only for the page's session (401 otherwise). Nothing is told of what another session or a
 * program refers to as well, and what therefore stays as theirs: that would say that somebody else has the same picture.
 */
export const wipeFilesReply = z.object({
  /** Pictures and crops that were this session's and are no longer. */
  removed: z.int().check(z.nonnegative()),
});
export type WipeFilesReply = z.infer<typeof wipeFilesReply>;
