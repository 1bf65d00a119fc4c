import * as z from 'zod/mini';

/**
 * Body of `POST /app/session`, which opens the page's session (204 and a cookie that scripts cannot read).
 * `accessKey`, of which white space around it is no part, is needed when `GET /app/config` says `accessKeyRequired`;
 * without it a session that is still open answers 204 too, so a reloaded page asks nobody twice. 401 with reason
 * `access-key-required` otherwise; 429 with `Retry-After`, and the key unread, when too many wrong ones came from the
 * caller's network: sent again after that time, the right one passes. `DELETE /app/session` ends the session (204).
 */
export const sessionRequest = z.object({ accessKey: z.optional(z.string().check(z.trim(), z.maxLength(1024))) });
