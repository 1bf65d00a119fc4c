import type { MiddlewareHandler } from 'hono';
import { type Problem, problem, problemResponse } from '#api/problem.ts';
import { appPaths, CONTRACT_BASE } from '#contract/routes.ts';
import type { ServerEnv } from '../http/env.ts';
import type { OwnOrigins } from './own-origins.ts';

/** Paths of the page itself, as opposed to what it calls. */
const isPagePath = (path: string) =>
  ![CONTRACT_BASE, '/engines', '/app', appPaths.files].some((base) => path === base || path.startsWith(`${base}/`));

const refuse = (sentence: string): Problem => problem(403, 'forbidden', sentence);

const isForwarded = (headers: Headers) =>
  [...headers.keys()].some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));

/**
 * Which origin of ours a request came to, or why it is refused before anything else looks at it. `path` is the decoded
 * path that the router goes by: of the raw one, `/%61pp/image` would pass for a page and then be answered as
 * `/app/image`.
 */
export function inspectRequest(
  request: Request,
  path: string,
  origins: OwnOrigins,
  behindProxy: boolean,
): Problem | string {
  const { headers } = request;
  const url = new URL(request.url);
  if (!behindProxy && isForwarded(headers)) {
    return refuse('This request came through a proxy. Set FACEBOUND_ORIGIN to the public address of this server.');
  }
  const host = headers.get('host') ?? undefined;
  const origin = origins.fromHost(host);
  if (origin === undefined || url.host.toLowerCase() !== new URL(`${url.protocol}//${host}`).host) {
    return refuse(
      'This server does not answer under this host name. Use the address that it printed at start, or set FACEBOUND_ORIGIN.',
    );
  }
  const claimed = headers.get('origin');
  if (claimed !== null && claimed !== origin) {
    return refuse('This request comes from a page of another origin. Only the page of this server may call it.');
  }
  const site = headers.get('sec-fetch-site');
  if (site === 'same-site' || site === 'cross-site') {
    const opensPage =
      request.method === 'GET' &&
      headers.get('sec-fetch-mode') === 'navigate' &&
      headers.get('sec-fetch-dest') === 'document' &&
      isPagePath(path);
    if (!opensPage) return refuse('This request comes from another site. Only the page of this server may call it.');
  }
  return origin;
}

/**
 * Refuses with 403 what no page of ours and no program would send: a foreign `Host` (DNS rebinding), a foreign
 * `Origin`, a fetch from another site or another port of it, and forwarding headers while no proxy is configured.
 */
export const requestGuard =
  (origins: OwnOrigins, behindProxy: boolean): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    const verdict = inspectRequest(c.req.raw, c.req.path, origins, behindProxy);
    if (typeof verdict !== 'string') return problemResponse(verdict);
    c.set('origin', verdict);
    return next();
  };
