import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '#shared/error-code.ts';
import type { SteadyClock } from '../steady-clock.ts';

/** A session as notes of it name it: `name` begins with the time at which it is over, in milliseconds since 1970. */
export type NotedSession = { readonly name: string; readonly openedAt: number };

/** Sessions that were ended before their time. */
export type EndedSessions = {
  /**
   * Whether it was ended, as far as anything is known of that time. Rejects when that cannot be found out: a note that
   * cannot be looked for says nothing.
   */
  include(session: NotedSession): Promise<boolean>;
  /** Notes that it is over, for every replica. Rejects when that cannot be written down. */
  note(session: NotedSession): Promise<void>;
};

/** Empty files in the data directory, which are forgotten once the sessions would be over anyway. */
export async function createEndedOnDisk(options: {
  readonly dataDir: string;
  readonly clock: SteadyClock;
}): Promise<EndedSessions> {
  const { clock } = options;
  const folder = path.join(options.dataDir, 'ended-sessions');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const forgetOld = async () => {
    // By a clock that jumped ahead, notes would go of sessions that are good again once it is set right.
    if (!clock.isSettled()) return;
    for (const name of await readdir(folder)) {
      if (Number.parseInt(name, 10) <= clock.now()) await rm(path.join(folder, name), { force: true });
    }
  };
  return {
    include: async ({ name }) => {
      try {
        await stat(path.join(folder, name));
        return true;
      } catch (error) {
        // Only a note that is not there says that the session goes on.
        if (errorCode(error) === 'ENOENT') return false;
        throw error;
      }
    },
    note: async ({ name }) => {
      await writeFile(path.join(folder, name), '', { mode: 0o600 });
      await forgetOld();
    },
  };
}
