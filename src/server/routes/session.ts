import { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { AwayError } from '#api/away.ts';
import { readFields } from '#api/fields.ts';
import type { FileOwners } from '#api/files/stores.ts';
import { problem, problemResponse } from '#api/problem.ts';
import { sessionRequest } from '#contract/app-session.ts';
import { appPaths, SESSION_MARK_HEADER } from '#contract/routes.ts';
import { errorText } from '#shared/error-text.ts';
import { assertNever } from '#shared/result.ts';
import { sessionCookie } from '../auth/caller.ts';
import { callerAddress } from '../auth/caller-address.ts';
import type { PasswordThrottle } from '../auth/password-throttle.ts';
import { SESSION_LIFETIME_MS, type Sessions, sessionCookieName, sessionMark } from '../auth/sessions.ts';
import type { ServerConfig } from '../config.ts';
import type { ServerContext, ServerEnv } from '../http/env.ts';
import { callFields } from '../http/log-call.ts';
import type { Logger } from '../log.ts';
import type { Timeouts } from '../timeouts.ts';

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
  readonly passwordThrottle: PasswordThrottle | undefined;
  readonly owners: FileOwners;
  readonly config: Pick<ServerConfig, 'origins'>;
  readonly logger: Logger;
  readonly timeouts: Timeouts;
}): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();

  const answer = (c: ServerContext, name: string | undefined) =>
    c.body(null, 204, name === undefined ? {} : { [SESSION_MARK_HEADER]: sessionMark(name) });

  const opened = async (c: ServerContext) => {
    const origin = c.get('origin');
    const value = deps.sessions.open();
    setCookie(c, sessionCookieName(origin), value, { ...cookieOptions(origin), maxAge: SESSION_LIFETIME_MS / 1000 });
    return answer(c, await deps.sessions.nameOf(value));
  };

  app.post(appPaths.session, async (c) => {
    if (!isFromOurPage(c)) return notFromOurPage();
    const fields = await readFields(c.req.raw, deps.timeouts.fields);
    if (!fields.ok) return problemResponse(fields.error);
    const request = sessionRequest.safeParse(fields.value);
    if (!request.success) return problemResponse(problem(400, 'bad-request', 'The access key must be text.'));
    const open = await deps.sessions.nameOf(sessionCookie(c));
    // A page that is opened again goes on with its session, so that it can still have its files removed.
    if (deps.passwordThrottle === undefined) return open === undefined ? opened(c) : answer(c, open);
    const { accessKey } = request.data;
    if (accessKey === undefined || accessKey === '') {
      return open === undefined
        ? keyRequired('This server asks for its access key. Enter the key that you were given.')
        : answer(c, open);
    }
    const { address, network } = callerAddress(c, deps.config.origins.length > 0);
    const verdict = await deps.passwordThrottle.check(accessKey, network, c.req.raw.signal);
    const call = callFields(c);
    switch (verdict.kind) {
      case 'right':
        return opened(c);
      case 'wrong':
        deps.logger.warn('wrong access key', { ...call, address });
        return keyRequired('This access key is not the right one. Check it and try again.');
      case 'busy': {
        deps.logger.warn('access key refused unread after too many wrong ones', { ...call, address });
        const seconds = String(verdict.retryAfterSeconds);
        return problemResponse(
          problem(
            429,
            'at-capacity',
            `Too many wrong access keys came from your network. Wait ${seconds} ${seconds === '1' ? 'second' : 'seconds'}, then send yours again.`,
            { 'retry-after': seconds },
          ),
        );
      }
      default:
        return assertNever(verdict);
    }
  });

  app.delete(appPaths.session, async (c) => {
    if (!isFromOurPage(c)) return notFromOurPage();
    // Pictures may lie in the browser's cache. What the page stores stays: it keeps requests from being paid for twice,
    // and a cookie that is cleared is cleared for every port of this host.
    c.header('clear-site-data', '"cache"');
    // Whatever the disk says: who signs out must not stay signed in.
    deleteCookie(c, sessionCookieName(c.get('origin')), cookieOptions(c.get('origin')));
    const cookie = sessionCookie(c);
    const forgetFiles = async () => {
      const name = await deps.sessions.nameOf(cookie);
      if (name !== undefined) await deps.owners.forget(name);
    };
    const errors: unknown[] = [];
    await forgetFiles().catch((error: unknown) => errors.push(error));
    await deps.sessions.end(cookie).catch((error: unknown) => errors.push(error));
    if (errors.length === 0) return c.body(null, 204);
    for (const error of errors) {
      deps.logger.error('signing out could not be written down', {
        ...callFields(c),
        error: errorText(error),
      });
    }
    const { body } = problem(
      500,
      'signed-out-unwritten',
      `You are signed out. The server could not write that down, because ${
        errors.some((error) => error instanceof AwayError)
          ? 'what it shares with others is out of reach'
          : 'its disk did not take it'
      }: tell whoever runs it.`,
    );
    return c.json(body, 500, { 'cache-control': 'no-store' });
  });

  return app;
}
