import type { MiddlewareHandler } from 'hono';
import { PAGE_ENTRY_HEADER } from '#contract/routes.ts';
import type { ServerEnv } from './env.ts';

/** Tells with every answer which page this server has, so that an open one of another version can say so. */
export const pageEntry =
  (entry: string): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    await next();
    c.res.headers.set(PAGE_ENTRY_HEADER, entry);
  };
