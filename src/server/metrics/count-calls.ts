import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { ServerContext, ServerEnv } from '../http/env.ts';
import type { Figures } from './figures.ts';

/** Counts every answer by the template of its route, its method and its status, and how long it took to begin. */
export const countCalls =
  (figures: Pick<Figures, 'onAnswer'>): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    const began = performance.now();
    await next();
    figures.onAnswer({
      route: routeOf(c),
      method: countedMethod(c.req.method),
      status: c.res.status,
      seconds: (performance.now() - began) / 1000,
    });
  };

/** A method as it is counted: callers may make up others. */
export const countedMethod = (method: string): string => (METHODS.has(method) ? method : 'other');

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']);

/**
 * The template of the route that a call is for, as it stands in the code. What no route names is `unknown` below our own
 * paths and else `page`, whose files have names that change with every build.
 */
function routeOf(c: ServerContext): string {
  const named = matchedRoutes(c).find(({ path }) => !path.includes('*'));
  if (named !== undefined) return named.path;
  return /^\/(?:v1|engines|app|files)(?:\/|$)/.test(c.req.path) ? 'unknown' : 'page';
}
