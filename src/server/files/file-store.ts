import { createHash, createHmac, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { BodyError } from '#api/body.ts';
import {
  isStoredName,
  namesBytes,
  publicNameKey,
  readStoredKey,
  type StoredKey,
  uploadBytesKey,
} from '#api/files/stored-name.ts';
import type { Spooled, StoredFile } from '#api/files/stores.ts';
import { FILE_LIFETIME_MS, MAX_ASSET_BYTES, MAX_LINKED_BYTES, MIB } from '#contract/limits.ts';
import { errorCode, isStorageFull, undefinedIfMissing } from '#shared/error-code.ts';
import { err, ok } from '#shared/result.ts';
import { createSteadyClock, type SteadyClock } from '../steady-clock.ts';
import { syncFile, syncFolder, writeAll, writeNewFile } from './durable.ts';
import { hashBytes } from './hash-bytes.ts';
import type { DiskSpooled, ServerFiles } from './server-files.ts';
import { createSharedCount } from './shared-count.ts';
import { streamFile } from './stream-file.ts';

/** An open file, as the system has it. */
type OpenFile = { readonly size: number; readonly handle: FileHandle };

/** A file store in a folder; see `createFileStore`. */
export type DiskFileStore = ServerFiles & {
  /** Runs what writes to this disk; where that is full, the oldest files go and it runs once more. */
  withRoom<T>(write: () => Promise<T>): Promise<T>;
  /** Makes a file and removes it; rejects with the system's error where the directory takes none. */
  tryWriting(): Promise<void>;
  /** Removes what is too old, then the oldest until the cap holds; nothing while the clock is not to be believed. */
  sweep(): Promise<void>;
};

/** How often a store sweeps by itself: until then another replica's files are what that one tells of them. */
const SWEEP_EVERY_MS = 60_000;
/** Sweeping goes below the cap by this factor, so that not every file sweeps again. */
const SWEEP_TO = 0.9;
/** Replicas tell each other what they wrote whenever it is this share of the cap. */
const TOLD_SHARE = 1 / 64;
/** After this long an unfinished file belongs to nobody. */
const DRAFT_LIFETIME_MS = 60 * 60 * 1000;
/** What a public name takes of the cap: a block of the disk, however little is in it. */
const NAME_BYTES = 4096;
/** Room that is made on a full disk, in bytes: for the largest upload, so that it need not be made for each piece. */
const ROOM_BYTES = MAX_ASSET_BYTES + MIB;
/** What is under way may take half of the cap, so that it never drives out all that is kept; one picture always may. */
const DRAFTS_SHARE = 0.5;
const LARGEST_DRAFT = MAX_LINKED_BYTES + MIB;

/** No link is followed, and a pipe that nobody writes to keeps nobody waiting. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** What a symbolic link is told as where none is followed. */
const LINK_CODES = new Set(['ELOOP', 'EMLINK']);

class NoRoomError extends Error {
  readonly failure: 'storage-full' | 'busy';
  constructor(failure: 'storage-full' | 'busy') {
    super(`There is no room: ${failure}`);
    this.name = 'NoRoomError';
    this.failure = failure;
  }
}

/** A file's bytes in one read: `readFile` takes many small ones, each of which waits for a thread. */
async function readWhole({ handle, size }: OpenFile): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** An open file as it is handed out. */
const handOut = ({ size, handle }: OpenFile): StoredFile => ({ size, body: streamFile(handle) });

/**
 * Opens the store below a data directory, making its folders. Its files have a cap on their common size, and replicas
 * may share the directory. Only regular files are read: no symbolic link, no folder.
 */
export async function createFileStore(options: {
  readonly dataDir: string;
  readonly secret: Uint8Array;
  readonly maxBytes: number;
  readonly clock?: SteadyClock;
  /** Hears of trouble with the disk that no caller is told of. */
  readonly onTrouble?: (what: string, error: unknown) => void;
}): Promise<DiskFileStore> {
  const clock = options.clock ?? createSteadyClock();
  const folders = {
    files: path.join(options.dataDir, 'files'),
    names: path.join(options.dataDir, 'names'),
    uploads: path.join(options.dataDir, 'uploads'),
  };
  const draftsDir = path.join(options.dataDir, 'drafts');
  for (const folder of [...Object.values(folders), draftsDir]) await mkdir(folder, { recursive: true, mode: 0o700 });

  /** What we believe that files and drafts take together, in bytes; set right by every sweep. */
  let total = 0;
  /** What other replicas say that they have written since the last sweep. */
  const shared = await createSharedCount(options.dataDir, options.maxBytes * TOLD_SHARE);
  const count = (bytes: number) => {
    total += bytes;
    shared.add(bytes);
  };
  const isFull = () => total + shared.others() > options.maxBytes;
  /** What this process's drafts take, in bytes, by path. */
  const drafted = new Map<string, number>();
  /** Where the drafts lie that were handed out. */
  const drafts = new WeakMap<Spooled, string>();
  const mostDrafted = Math.min(options.maxBytes, Math.max(options.maxBytes * DRAFTS_SHARE, LARGEST_DRAFT));

  const hash = () => createHmac('sha256', options.secret).update('file\0');
  const digest = (bytes: Uint8Array): Promise<string> => hashBytes(hash(), bytes);
  const draftPath = () => path.join(draftsDir, randomBytes(16).toString('hex'));
  const pathOf = (key: StoredKey): string | undefined => {
    const stored = readStoredKey(key);
    return stored === undefined ? undefined : path.join(folders[stored.place], stored.name);
  };
  const isOver = (mtimeMs: number) => clock.isSettled() && clock.now() - mtimeMs > FILE_LIFETIME_MS;

  /** `undefinedIfMissing`, where the folder is there: without it, nothing is known of what was in it. */
  const whenMissing =
    (file: string) =>
    async (error: unknown): Promise<undefined> => {
      undefinedIfMissing(error);
      await stat(path.dirname(file));
      return undefined;
    };
  /** A draft that stays is removed by a sweep; what became of the call matters more. */
  const discard = (draft: string) => rm(draft, { force: true }).catch(() => {});

  /** A file's size and age; undefined when there is none, or something else in its place. */
  const look = async (file: string) => {
    const found = await lstat(file).catch(whenMissing(file));
    return found?.isFile() === true && !isOver(found.mtimeMs) ? found : undefined;
  };

  /**
   * Removes what is over, where the clock can be believed, then the oldest until all takes no more than `goalOf` makes of
   * what there is. A public name is never younger than its bytes and goes first: none is left that leads nowhere, and
   * would lead somewhere again with somebody else's upload.
   */
  const sweepOnce = async (expires: boolean, goalOf: (sum: number) => number) => {
    await shared.begin();
    const believed = total;
    const files: { file: string; size: number; mtimeMs: number; rank: number }[] = [];
    let sum = 0;
    for (const [place, folder] of Object.entries(folders)) {
      for (const name of await readdir(folder)) {
        const file = path.join(folder, name);
        const found = await lstat(file).catch(() => undefined);
        if (found?.isFile() !== true) continue;
        const size = place === 'names' ? NAME_BYTES : found.size;
        sum += size;
        files.push({ file, size, mtimeMs: found.mtimeMs, rank: place === 'names' ? 0 : 1 });
      }
    }
    for (const name of await readdir(draftsDir)) {
      const draft = path.join(draftsDir, name);
      const found = await lstat(draft).catch(() => undefined);
      if (found?.isFile() !== true) continue;
      if (expires && clock.now() - found.mtimeMs > DRAFT_LIFETIME_MS) await rm(draft, { force: true });
      else sum += found.size;
    }
    files.sort((a, b) => a.mtimeMs - b.mtimeMs || a.rank - b.rank);
    const goal = goalOf(sum);
    for (const { file, size, mtimeMs } of files) {
      if (!(expires && isOver(mtimeMs)) && sum <= goal) break;
      // Another replica, or a newer upload, may have renewed it since it was listed.
      const current = await lstat(file).catch(() => undefined);
      if (current !== undefined && current.mtimeMs > mtimeMs) continue;
      await rm(file, { force: true });
      sum -= size;
      shared.add(-size);
    }
    // And what was written meanwhile.
    total = sum + (total - believed);
  };
  const withinCap = (sum: number) => (sum > options.maxBytes ? options.maxBytes * SWEEP_TO : sum);

  let sweeping: Promise<void> = Promise.resolve();
  /** One sweep at a time; a second one would count what the first removes. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    sweeping = sweeping.catch(() => {}).then(work);
    return sweeping;
  };
  /** Sweeps by itself only while the clock can be believed: what is oldest is told by it as well. */
  const sweep = () =>
    inTurn(async () => (clock.isSettled() ? sweepOnce(true, withinCap) : sweepOnce(false, (sum) => sum)));
  /** For what somebody writes now, the cap is kept whatever the clock says. */
  const keepCap = () => inTurn(async () => (isFull() ? sweepOnce(clock.isSettled(), withinCap) : undefined));
  const makeRoom = () =>
    inTurn(() => sweepOnce(false, (sum) => Math.max(0, Math.min(withinCap(sum), sum - ROOM_BYTES))));

  const withRoom = async <T>(write: () => Promise<T>): Promise<T> => {
    try {
      return await write();
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      await makeRoom();
      return await write();
    }
  };

  /** Counts bytes of a draft before they are written. Throws a `NoRoomError`. */
  const claim = async (draft: string, bytes: number) => {
    const own = (drafted.get(draft) ?? 0) + bytes;
    drafted.set(draft, own);
    count(bytes);
    if (own > mostDrafted) throw new NoRoomError('storage-full');
    const ours = [...drafted.values()].reduce((sum, size) => sum + size, 0);
    if (ours > mostDrafted) throw new NoRoomError('busy');
    await shared.exchange();
    if (isFull()) await keepCap();
    // All that is left are drafts. Another replica's go soon, so only whoever has more than half of the cap gives way.
    if (isFull() && ours > options.maxBytes * DRAFTS_SHARE) throw new NoRoomError('busy');
  };

  /** Writes a small file under its key in one go. With `syncs` its bytes and its name are on the disk afterwards. */
  const write = async (bytes: Uint8Array, key: StoredKey, times: { syncs: boolean; seconds?: number }) => {
    const file = pathOf(key);
    if (file === undefined) throw new Error('Not a name of the store');
    await withRoom(async () => {
      const draft = draftPath();
      try {
        await writeNewFile(draft, bytes, times.syncs);
        if (times.seconds !== undefined) await utimes(draft, times.seconds, times.seconds);
        await rename(draft, file);
      } catch (error) {
        await discard(draft);
        throw error;
      }
    });
    if (times.syncs) await syncFolder(path.dirname(file));
    count(key.startsWith('@') ? NAME_BYTES : bytes.byteLength);
    await shared.exchange();
    if (isFull()) await keepCap();
  };

  const openKey = async (key: StoredKey): Promise<OpenFile | undefined> => {
    const file = pathOf(key);
    if (file === undefined) return undefined;
    const handle = await open(file, READ_FLAGS).catch((error: unknown) =>
      LINK_CODES.has(errorCode(error) ?? '') ? undefined : whenMissing(file)(error),
    );
    if (handle === undefined) return undefined;
    let found: OpenFile | undefined;
    try {
      const about = await handle.stat();
      if (about.isFile() && !isOver(about.mtimeMs)) found = { size: about.size, handle };
    } finally {
      if (found === undefined) await handle.close();
    }
    return found;
  };
  const readKey = async (key: StoredKey): Promise<Uint8Array | undefined> => {
    const file = await openKey(key);
    if (file === undefined) return undefined;
    return await readWhole(file).finally(() => file.handle.close());
  };

  /** Renews the lifetime of one file; false when it is not there. */
  const touch = async (key: StoredKey, seconds: number): Promise<boolean> => {
    const file = pathOf(key);
    if (file === undefined || (await look(file)) === undefined) return false;
    return (await utimes(file, seconds, seconds).then(() => true, whenMissing(file))) === true;
  };

  /** The name of an upload's bytes by its public name; undefined when that is none, or was wiped. */
  const bytesBehind = async (publicName: string): Promise<string | undefined> => {
    const entry = await readKey(publicNameKey(publicName));
    const name = entry === undefined ? '' : Buffer.from(entry).toString('latin1').trim();
    return isStoredName(name) ? name : undefined;
  };
  /** Where the bytes are that a public name stands for: an upload's, or a crop's own. */
  const keyBehind = async (name: string): Promise<StoredKey> => {
    const upload = await bytesBehind(name);
    return upload === undefined ? name : uploadBytesKey(upload);
  };

  const pathOfSpooled = (spooled: Spooled): string => {
    const draft = drafts.get(spooled);
    if (draft === undefined) throw new Error('Not spooled by this store');
    return draft;
  };

  await sweep();
  const tryWriting = async (): Promise<void> => {
    const trial = draftPath();
    await writeNewFile(trial, new Uint8Array(), false);
    await discard(trial);
  };
  await tryWriting().catch((error: unknown) => options.onTrouble?.('the data directory takes no files', error));
  const sweepByItself = () =>
    sweep().catch((error: unknown) => options.onTrouble?.('old files could not be removed', error));
  const timer = setInterval(() => void sweepByItself(), SWEEP_EVERY_MS);
  timer.unref();

  return {
    digest,
    spool: async (body) => {
      const draft = draftPath();
      const keyed = hash();
      const plain = createHash('sha256');
      let size = 0;
      const end = async () => {
        const taken = drafted.get(draft);
        // It has its name, or is gone already.
        if (taken === undefined) return;
        drafted.delete(draft);
        count(-taken);
        await discard(draft);
      };
      drafted.set(draft, 0);
      await shared.exchange(true);
      try {
        const handle = await withRoom(() => open(draft, 'wx', 0o600));
        try {
          for await (const chunk of body) {
            keyed.update(chunk);
            plain.update(chunk);
            await claim(draft, chunk.byteLength);
            await withRoom(() => writeAll(handle, chunk, size));
            size += chunk.byteLength;
          }
        } finally {
          await handle.close();
        }
      } catch (error) {
        await end();
        if (error instanceof BodyError) return err(error.failure);
        if (error instanceof NoRoomError) return err(error.failure);
        if (isStorageFull(error)) return err('storage-full');
        throw error;
      }
      const opened = async () => {
        const handle = await open(draft, READ_FLAGS).catch(undefinedIfMissing);
        return handle === undefined ? undefined : { size, handle };
      };
      const spooled: DiskSpooled = {
        path: draft,
        size,
        digest: keyed.digest('hex'),
        sha256: plain.digest('hex'),
        read: async () => {
          const file = await opened();
          return file === undefined ? undefined : await readWhole(file).finally(() => file.handle.close());
        },
        open: async () => {
          const file = await opened();
          return file === undefined ? undefined : handOut(file);
        },
        discard: end,
      };
      drafts.set(spooled, draft);
      return ok(spooled);
    },
    keepUpload: async (spooled, publicName) => {
      const key = uploadBytesKey(`${spooled.digest}${path.extname(publicName)}`);
      const [file, name] = [pathOf(key), readStoredKey(publicNameKey(publicName))];
      const draft = pathOfSpooled(spooled);
      if (file === undefined || name === undefined) throw new Error('Not a name of the store');
      // One time for both, and the bytes' never the older: a sweep takes the name first.
      const seconds = clock.now() / 1000;
      await utimes(draft, seconds, seconds);
      await syncFile(draft);
      await withRoom(() => rename(draft, file));
      await syncFolder(path.dirname(file));
      drafted.delete(draft);
      await write(Buffer.from(`${path.basename(file)}\n`), publicNameKey(publicName), { syncs: true, seconds });
    },
    put: async (bytes, kind, ownDigest) => {
      const name = `${ownDigest ?? (await digest(bytes))}.${kind}`;
      try {
        await write(bytes, name, { syncs: false });
        return ok(name);
      } catch (error) {
        if (isStorageFull(error)) return err('storage-full');
        throw error;
      }
    },
    read: async (key) => (namesBytes(key) ? readKey(key) : undefined),
    open: async (name) => {
      const file = isStoredName(name) ? await openKey(await keyBehind(name)) : undefined;
      return file === undefined ? undefined : handOut(file);
    },
    use: async (name) => {
      if (!isStoredName(name)) return undefined;
      const seconds = clock.now() / 1000;
      const key = await keyBehind(name);
      // The name first: its bytes are never the older.
      if (key !== name && !(await touch(publicNameKey(name), seconds))) return undefined;
      if (!(await touch(key, seconds))) return undefined;
      const content = readStoredKey(key)?.name ?? '';
      return { digest: content.slice(0, content.indexOf('.')), key, load: () => readKey(key) };
    },
    renew: async (names, sizes) => {
      const seconds = clock.now() / 1000;
      for (const name of new Set(names)) {
        const file = isStoredName(name) ? pathOf(name) : undefined;
        const found = file === undefined ? undefined : await look(file);
        if (found === undefined || found.size === 0 || found.size !== (sizes?.get(name) ?? found.size)) return false;
        if (!(await touch(name, seconds))) return false;
      }
      return true;
    },
    removeUnless: async (keys, wanted) => {
      const before = await wanted();
      const kept = keys.filter((key) => before.has(key));
      const quarantine: { key: StoredKey; file: string; draft: string; size: number }[] = [];
      const putBack = async ({ draft, file }: { draft: string; file: string }) => {
        await link(draft, file).catch((error: unknown) => {
          // It is there again: its new owner has brought it along.
          if (errorCode(error) !== 'EEXIST') throw error;
        });
        await discard(draft);
      };
      const removed: StoredKey[] = [];
      try {
        for (const key of keys) {
          const file = pathOf(key);
          if (before.has(key) || file === undefined) continue;
          const found = await lstat(file).catch(whenMissing(file));
          const draft = draftPath();
          const moved =
            found?.isFile() !== true ? undefined : await rename(file, draft).then(() => true, whenMissing(file));
          if (moved === true) quarantine.push({ key, file, draft, size: found?.size ?? 0 });
        }
        const after = await wanted();
        for (let next = quarantine[0]; next !== undefined; next = quarantine[0]) {
          if (after.has(next.key)) {
            await putBack(next);
            kept.push(next.key);
          } else {
            await rm(next.draft, { force: true });
            count(-next.size);
            removed.push(next.key);
          }
          quarantine.shift();
        }
      } catch (error) {
        // Not known to be unwanted: what was not removed is where it was.
        for (const one of quarantine) await putBack(one).catch(() => {});
        throw error;
      }
      return { removed, kept };
    },
    withRoom,
    pathOf: pathOfSpooled,
    tryWriting,
    sweep,
    close: () => {
      clearInterval(timer);
      void shared.close();
    },
  };
}
