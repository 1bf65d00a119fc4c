import { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { sessionRequest } from '#contract/app-session.ts';
import { appPaths } from '#contract/routes.ts';
import { sessionCookie } from '../auth/caller.ts';
import type { KeyGate } from '../auth/key-gate.ts';
import { SESSION_LIFETIME_MS, type Sessions, sessionCookieName } from '../auth/sessions.ts';
import type { FileOwners } from '../files/file-owners.ts';
import type { ServerContext, ServerEnv } from '../http/env.ts';
import { problem, problemResponse } from '../http/problem.ts';
import type { Timeouts } from '../timeouts.ts';
import { readFields } from './fields.ts';

/** True when the browser itself says that our own page makes this call. The guard has refused every other origin. */
const isFromOurPage = (c: ServerContext) =>
  c.req.header('origin') === c.get('origin') || c.req.header('sec-fetch-site') === 'same-origin';

const notFromOurPage = () =>
  problemResponse(
    problem(403, 'forbidden', 'A session is only for the page of this server. Programs send a bearer token instead.'),
  );
const keyRequired = (sentence: string) => problemResponse(problem(401, 'access-key-required', sentence));

const cookieOptions = (origin: string) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: origin.startsWith('https:') }) as const;

/** Opens and ends the page's session. */
export function sessionRoutes(deps: {
  readonly sessions: Sessions;
  /** Present when an access key is set. */
  readonly keyGate: KeyGate | undefined;
  readonly owners: FileOwners;
  readonly timeouts: Timeouts;
}): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();

  const opened = (c: ServerContext) => {
    const origin = c.get('origin');
    setCookie(c, sessionCookieName(origin), deps.sessions.open(), {
      ...cookieOptions(origin),
      maxAge: SESSION_LIFETIME_MS / 1000,
    });
    return c.body(null, 204);
  };

  app.post(appPaths.session, async (c) => {
    if (!isFromOurPage(c)) return notFromOurPage();
    const fields = await readFields(c.req.raw, deps.timeouts.fields);
    if (!fields.ok) return problemResponse(fields.error);
    const request = sessionRequest.safeParse(fields.value);
    if (!request.success) return problemResponse(problem(400, 'bad-request', 'The access key must be text.'));
    const isOpen = (await deps.sessions.nameOf(sessionCookie(c))) !== undefined;
    // A page that is opened again goes on with its session, so that it can still have its files removed.
    if (deps.keyGate === undefined) return isOpen ? c.body(null, 204) : opened(c);
    const { accessKey } = request.data;
    if (accessKey === undefined || accessKey === '') {
      return isOpen
        ? c.body(null, 204)
        : keyRequired('This server asks for its access key. Enter the key that you were given.');
    }
    const verdict = await deps.keyGate.check(accessKey);
    if (verdict === 'right') return opened(c);
    return verdict === 'wrong'
      ? keyRequired('This access key is not the right one. Check it and try again.')
      : problemResponse(
          problem(429, 'at-capacity', 'Too many access keys are being tried. Wait a moment and try again.', {
            'retry-after': '5',
          }),
        );
  });

  app.delete(appPaths.session, async (c) => {
    if (!isFromOurPage(c)) return notFromOurPage();
    const name = await deps.sessions.nameOf(sessionCookie(c));
    if (name !== undefined) await deps.owners.forget(name);
    await deps.sessions.end(sessionCookie(c));
    deleteCookie(c, sessionCookieName(c.get('origin')), cookieOptions(c.get('origin')));
    return c.body(null, 204);
  });

  return app;
}
