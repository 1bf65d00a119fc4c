import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSteadyClock, type SteadyClock } from '../steady-clock.ts';
import { sameText } from './constant-time.ts';
import type { EndedSessions, NotedSession } from './ended-sessions.ts';

/** How long a session lasts, in milliseconds. */
export const SESSION_LIFETIME_MS = 12 * 60 * 60 * 1000;

/** The page's sessions. A session is its signed cookie; only which ones were ended early is kept. */
export type Sessions = {
  /** A new session's cookie value. */
  open(): string;
  /** The name of the session behind a cookie value; undefined unless it is ours and neither over nor ended. No secret. */
  nameOf(value: string | undefined): Promise<string | undefined>;
  /**
   * Ends a session before its time, on every replica. Rejects when that cannot be written down;
   * then it is over for this process alone.
   */
  end(value: string | undefined): Promise<void>;
};

/** Sessions signed with the server's secret and the access key: a new key ends them all. */
export function createSessions(options: {
  readonly secret: Uint8Array;
  readonly accessKey: string | undefined;
  readonly endedSessions: EndedSessions;
  readonly clock?: SteadyClock;
}): Sessions {
  const clock = options.clock ?? createSteadyClock();
  const { now } = clock;
  const { endedSessions } = options;
  /** What this process ended, beside the notes: those can be refused, or be wiped. */
  const ended = new Set<string>();
  const sign = (payload: string) =>
    createHmac('sha256', options.secret)
      .update(`session\0${options.accessKey ?? ''}\0${payload}`)
      .digest('base64url');

  /** A valid session; undefined for anything else. */
  const read = (value: string | undefined): NotedSession | undefined => {
    const [, expires, id, signature] = /^(\d{13})\.([0-9a-f]{32})\.([\w-]{43})$/.exec(value ?? '') ?? [];
    if (expires === undefined || id === undefined || signature === undefined) return undefined;
    if (!sameText(signature, sign(`${expires}.${id}`)) || Number(expires) <= now()) return undefined;
    return { name: `${expires}.${id}`, openedAt: Number(expires) - SESSION_LIFETIME_MS };
  };

  const forgetOld = () => {
    if (!clock.isSettled()) return;
    for (const name of ended) if (Number.parseInt(name, 10) <= now()) ended.delete(name);
  };

  return {
    open: () => {
      const payload = `${now() + SESSION_LIFETIME_MS}.${randomBytes(16).toString('hex')}`;
      return `${payload}.${sign(payload)}`;
    },
    nameOf: async (value) => {
      const session = read(value);
      if (session === undefined || ended.has(session.name)) return undefined;
      return (await endedSessions.include(session)) ? undefined : session.name;
    },
    end: async (value) => {
      const session = read(value);
      if (session === undefined) return;
      ended.add(session.name);
      await endedSessions.note(session);
      forgetOld();
    },
  };
}

/** A word by which the page tells its sessions apart: nothing can be opened with it, and no name be found from it. */
export const sessionMark = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 16);

/** Name of the session cookie. Ports of one host share cookies, so the port is in it; `__Host-` where TLS allows. */
export function sessionCookieName(origin: string): string {
  const url = new URL(origin);
  const secure = url.protocol === 'https:';
  return `${secure ? '__Host-' : ''}facebound-session-${url.port || (secure ? '443' : '80')}`;
}
