import { Hono } from 'hono';
import { isCountedPicture } from '#api/files/stored-name.ts';
import type { FileOwners, FileStore } from '#api/files/stores.ts';
import { methodNotAllowed, problemResponse } from '#api/problem.ts';
import type { WipeFilesReply } from '#contract/app-files.ts';
import { UNAUTHORIZED } from '#contract/errors.ts';
import { appPaths, SESSION_MARK_HEADER } from '#contract/routes.ts';
import { callerOf } from '../auth/identify.ts';
import { sessionMark } from '../auth/sessions.ts';
import type { ServerEnv } from '../http/env.ts';

/**
 * `DELETE /app/files`: removes what the page's session uploaded, and the crops and answers that its calls left, unless
 * somebody else refers to them too; the names of its uploads end in any case. For the page's session only: a bearer is shared by many, so nobody can wipe in its
 * name. The browser is told to empty its cache, where the same pictures may lie.
 */
export function ownFilesRoutes(deps: { readonly files: FileStore; readonly owners: FileOwners }): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.delete(appPaths.ownFiles, async (c) => {
    const caller = callerOf(c);
    if (caller.kind !== 'session') return problemResponse({ status: 401, body: UNAUTHORIZED });
    const { removed, kept } = await deps.owners.release(caller.name, deps.files.removeUnless);
    // Counted together: how many stay would tell that somebody else has the same pictures.
    const reply: WipeFilesReply = { removed: [...removed, ...kept].filter(isCountedPicture).length };
    return c.json(reply, 200, {
      'cache-control': 'no-store',
      'clear-site-data': '"cache"',
      [SESSION_MARK_HEADER]: sessionMark(caller.name),
    });
  });
  app.all(appPaths.ownFiles, (c) => problemResponse(methodNotAllowed(c.req.method, 'DELETE')));
  return app;
}
