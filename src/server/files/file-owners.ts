import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { readStoredKey, type StoredKey } from '#api/files/stored-name.ts';
import { API_CLIENTS, type FileOwners } from '#api/files/stores.ts';
import { FILE_LIFETIME_MS } from '#contract/limits.ts';
import { errorCode, undefinedIfMissing } from '#shared/error-code.ts';
import { createSteadyClock, type SteadyClock } from '../steady-clock.ts';
import { syncFolder, writeAll } from './durable.ts';

/** A session's name begins with the time, in milliseconds since 1970, at which it is over. */
const SESSION = /^(\d{13})\.[0-9a-f]{32}$/;
const DAY_MS = 24 * 60 * 60 * 1000;
/** How often a note is begun anew because its owner was let go while it was written. */
const MOST_TRIES = 20;

/**
 * Owners as folders below the data directory, with one list for each replica: only one process ever appends to a file,
 * so that lines stay whole on any file system. What a session refers to is forgotten when it is over; what programs
 * refer to, when the files themselves would be.
 */
export async function createFileOwners(options: {
  readonly dataDir: string;
  readonly clock?: SteadyClock;
  /** Runs what writes to the disk, and makes room for it there; see `DiskFileStore.withRoom`. */
  readonly withRoom?: <T>(write: () => Promise<T>) => Promise<T>;
}): Promise<FileOwners> {
  const clock = options.clock ?? createSteadyClock();
  const { now } = clock;
  const withRoom = options.withRoom ?? ((write) => write());
  const root = path.join(options.dataDir, 'file-owners');
  await mkdir(root, { recursive: true, mode: 0o700 });
  const replica = randomBytes(8).toString('hex');
  /** What this process has written down already, by list: most calls bring nothing new. */
  const written = new Map<string, Set<string>>();

  const isOver = (name: string) => Number(SESSION.exec(name)?.[1] ?? 0) <= now();

  const sweep = async () => {
    for (const name of clock.isSettled() ? await readdir(root) : []) {
      if (name !== API_CLIENTS) {
        // `name` may also be what an interrupted release left.
        if (isOver(name)) await rm(path.join(root, name), { recursive: true, force: true });
        continue;
      }
      for (const list of await readdir(path.join(root, name))) {
        const file = path.join(root, name, list);
        const found = await stat(file).catch(undefinedIfMissing);
        if (found !== undefined && now() - found.mtimeMs > FILE_LIFETIME_MS) await rm(file, { force: true });
      }
    }
    for (const list of written.keys()) {
      if (!(await exists(list))) written.delete(list);
    }
  };

  /** A list of programs covers a day: a file that is used again tomorrow is noted again, and so outlives its list. */
  const listOf = (owner: string) =>
    path.join(root, owner, owner === API_CLIENTS ? `${replica}-${Math.floor(now() / DAY_MS)}` : replica);

  const namesIn = async (owner: string): Promise<string[]> => {
    const folder = path.join(root, owner);
    // A list that cannot be read is not an empty one: what it names would be removed as nobody's.
    const lists = (await readdir(folder).catch(undefinedIfMissing)) ?? [];
    const texts = await Promise.all(
      lists.map((list) => readFile(path.join(folder, list), 'utf8').catch(undefinedIfMissing)),
    );
    return texts.flatMap((text) => (text ?? '').split('\n').filter((key) => readStoredKey(key) !== undefined));
  };

  const referredByOthers = async (session: string): Promise<ReadonlySet<string>> => {
    const owners = (await readdir(root)).filter(
      (name) => name !== session && (name === API_CLIENTS || (SESSION.test(name) && !isOver(name))),
    );
    const names = new Set<string>();
    for (const owner of owners) for (const name of await namesIn(owner)) names.add(name);
    return names;
  };

  /**
   * Rejects with ENOENT when the owner is let go meanwhile. What is noted is on the disk when it resolves, the list's own
   * name as well: an upload that is acknowledged must not be nobody's after a power cut.
   */
  const write = async (owner: string, keys: readonly StoredKey[]): Promise<void> => {
    const list = listOf(owner);
    // Another replica may have released this owner meanwhile.
    const isThere = await exists(list);
    let known = isThere ? written.get(list) : undefined;
    if (known === undefined) {
      known = new Set();
      written.set(list, known);
      await mkdir(path.dirname(list), { recursive: true, mode: 0o700 });
    }
    const fresh = new Set(keys.filter((key) => readStoredKey(key) !== undefined && !known.has(key)));
    if (isThere && fresh.size === 0) return;
    // A line that a full disk cut short is no key; the line break before the next one keeps that whole.
    const lines = [...fresh].map((key) => `${key}\n`).join('');
    let isCut = false;
    await withRoom(async () => {
      const handle = await open(list, 'a', 0o600);
      try {
        await writeAll(handle, Buffer.from(isCut ? `\n${lines}` : lines), null);
        await handle.sync();
      } catch (error) {
        isCut = true;
        throw error;
      } finally {
        await handle.close();
      }
    });
    if (!isThere) {
      await syncFolder(path.dirname(list));
      await syncFolder(root);
    }
    for (const key of fresh) known.add(key);
  };

  await sweep();

  return {
    note: async (owner, keys) => {
      if (owner !== API_CLIENTS && !SESSION.test(owner)) throw new Error('Only a session or API_CLIENTS can own files');
      if (!written.has(listOf(owner))) await sweep();
      for (let tries = 1; ; tries += 1) {
        try {
          return await write(owner, keys);
        } catch (error) {
          if (errorCode(error) !== 'ENOENT' || tries === MOST_TRIES) throw error;
        }
      }
    },
    release: async (session, remove) => {
      if (!SESSION.test(session)) throw new Error('Only a session can be released');
      // Moved away first: what is noted from now on belongs to the time after.
      const leaving = `${session}.${randomBytes(8).toString('hex')}`;
      const moved = await rename(path.join(root, session), path.join(root, leaving)).then(
        () => true,
        undefinedIfMissing,
      );
      if (moved !== true) return remove([], () => referredByOthers(session));
      const names = await namesIn(leaving);
      try {
        const outcome = await remove([...new Set(names)], () => referredByOthers(session));
        await rm(path.join(root, leaving), { recursive: true, force: true });
        return outcome;
      } catch (error) {
        // Still the session's, so that it can try again.
        await write(session, names).catch(() => {});
        throw error;
      }
    },
    forget: async (session) => {
      if (SESSION.test(session)) await rm(path.join(root, session), { recursive: true, force: true });
    },
  };
}

const exists = (file: string): Promise<boolean> =>
  stat(file)
    .then(() => true, undefinedIfMissing)
    .then((found) => found === true);
