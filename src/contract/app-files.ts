import { z } from 'zod';

/**
 * Reply of `DELETE /app/files`, which removes the pictures and crops that this session uploaded or caused. Only for the
 * page's session (401 otherwise). Files that another session or a program also refers to stay until their time is over.
 */
export const wipeFilesReply = z.object({
  /** Pictures and crops that are gone now. */
  removed: z.number().int().nonnegative(),
  /** Pictures and crops that somebody else refers to and that stay. */
  kept: z.number().int().nonnegative(),
});
export type WipeFilesReply = z.infer<typeof wipeFilesReply>;
