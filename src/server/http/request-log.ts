import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { REQUEST_ID_HEADER } from '#contract/routes.ts';
import { type Logger, loggablePath } from '../log.ts';
import type { ServerEnv } from './env.ts';
import { callFields } from './log-call.ts';

/** Gives every request an id of our own, sends it back, and logs one line when the answer begins. */
export const requestLog =
  (logger: Logger): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    const began = performance.now();
    await next();
    c.res.headers.set(REQUEST_ID_HEADER, requestId);
    const level = c.res.status >= 500 ? 'warn' : 'info';
    logger[level]('request', {
      ...callFields(c),
      method: c.req.method,
      path: loggablePath(c.req.path, c.req.url),
      status: c.res.status,
      ms: Math.round(performance.now() - began),
    });
  };
