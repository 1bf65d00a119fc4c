import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '#shared/error-code.ts';
import { createSteadyClock, type SteadyClock } from '../steady-clock.ts';
import { sameText } from './constant-time.ts';

/** How long a session lasts, in milliseconds. */
export const SESSION_LIFETIME_MS = 12 * 60 * 60 * 1000;

/** The page's sessions. A session is its signed cookie; the server keeps only which ones were ended early. */
export type Sessions = {
  /** A new session's cookie value. */
  open(): string;
  /** The name of the session behind a cookie value; undefined unless it is ours and neither over nor ended. No secret. */
  nameOf(value: string | undefined): Promise<string | undefined>;
  /**
   * Ends a session before its time, on every replica of the data directory. Rejects when that cannot be written down;
   * then it is over for this process alone.
   */
  end(value: string | undefined): Promise<void>;
};

/**
 * Sessions signed with the data directory's secret and the access key: a new key ends them all. What was ended early
 * is noted as an empty file in the data directory and forgotten once it would be over anyway.
 */
export async function createSessions(options: {
  readonly secret: Uint8Array;
  readonly accessKey: string | undefined;
  readonly dataDir: string;
  readonly clock?: SteadyClock;
}): Promise<Sessions> {
  const clock = options.clock ?? createSteadyClock();
  const { now } = clock;
  const endedDir = path.join(options.dataDir, 'ended-sessions');
  /** What this process ended, beside the notes on the disk: those can be refused, or be wiped with the directory. */
  const ended = new Set<string>();
  await mkdir(endedDir, { recursive: true, mode: 0o700 });
  const sign = (payload: string) =>
    createHmac('sha256', options.secret)
      .update(`session\0${options.accessKey ?? ''}\0${payload}`)
      .digest('base64url');

  /** The name of a valid session; undefined for anything else. */
  const read = (value: string | undefined): string | undefined => {
    const [, expires, id, signature] = /^(\d{13})\.([0-9a-f]{32})\.([\w-]{43})$/.exec(value ?? '') ?? [];
    if (expires === undefined || id === undefined || signature === undefined) return undefined;
    if (!sameText(signature, sign(`${expires}.${id}`)) || Number(expires) <= now()) return undefined;
    return `${expires}.${id}`;
  };

  const forgetOld = async () => {
    // By a clock that jumped ahead, notes would go of sessions that are good again once it is set right.
    if (!clock.isSettled()) return;
    for (const name of ended) if (Number.parseInt(name, 10) <= now()) ended.delete(name);
    for (const name of await readdir(endedDir)) {
      if (Number.parseInt(name, 10) <= now()) await rm(path.join(endedDir, name), { force: true });
    }
  };

  return {
    open: () => {
      const payload = `${now() + SESSION_LIFETIME_MS}.${randomBytes(16).toString('hex')}`;
      return `${payload}.${sign(payload)}`;
    },
    nameOf: async (value) => {
      const name = read(value);
      if (name === undefined || ended.has(name)) return undefined;
      try {
        await stat(path.join(endedDir, name));
        return undefined;
      } catch (error) {
        // Only a note that is not there says that the session goes on; one that cannot be looked for says nothing.
        if (errorCode(error) === 'ENOENT') return name;
        throw error;
      }
    },
    end: async (value) => {
      const name = read(value);
      if (name === undefined) return;
      ended.add(name);
      await writeFile(path.join(endedDir, name), '', { mode: 0o600 });
      await forgetOld();
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
