import { createHmac, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BodyError, type BodyFailure } from '#api/body.ts';
import { FILE_LIFETIME_MS } from '#contract/limits.ts';
import { errorCode, isStorageFull, undefinedIfMissing } from '#shared/error-code.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { hashBytes } from './hash-bytes.ts';
import { isStoredName } from './stored-name.ts';

/** `jpg` and `png` are pictures that anyone with the name may read; `json` is what the engine remembers. */
export type FileKind = 'jpg' | 'png' | 'json';

/** A body on its way into the store, on disk but without a name. */
export type Spooled = {
  readonly path: string;
  readonly size: number;
  /** The content's keyed hash, its future name without the ending. */
  readonly digest: string;
  discard(): Promise<void>;
};

export type StoredFile = { readonly size: number; readonly handle: FileHandle };

/**
 * Content-addressed files with a lifetime and a cap on their common size. Safe for replicas on one directory. Only a
 * file that is not there is told as missing; every call rejects with the system's error when the disk does not do it.
 */
export type FileStore = {
  /** Keyed hash of bytes; says nothing to who does not hold the secret. Gives way to others between large pieces. */
  digest(bytes: Uint8Array): Promise<string>;
  /** Streams a body to disk in constant memory. */
  writeTempFile(body: ReadableStream<Uint8Array>): Promise<Result<Spooled, BodyFailure | 'storage-full'>>;
  /** Gives a spooled body its name. */
  takeOwnership(spooled: Spooled, kind: FileKind): Promise<string>;
  /** Stores bytes under their digest; under `digest` when the name is not to be the content's own. */
  put(bytes: Uint8Array, kind: FileKind, digest?: string): Promise<Result<string, 'storage-full'>>;
  /** The bytes; undefined when there is no such file or its time is over. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Opens a file for streaming; the caller closes the handle. */
  open(name: string): Promise<StoredFile | undefined>;
  /** Renews the lifetime of files; false when one of them is gone. */
  renew(names: readonly string[]): Promise<boolean>;
  /**
   * Removes files unless they are wanted. `wanted` is asked before and after they are taken aside, so that a file that
   * somebody begins to refer to meanwhile is put back. Gives the names of both kinds.
   */
  removeUnless(
    names: readonly string[],
    wanted: () => Promise<ReadonlySet<string>>,
  ): Promise<{ readonly removed: readonly string[]; readonly kept: readonly string[] }>;
  /** Removes what is too old, then the oldest until the cap holds. */
  sweep(): Promise<void>;
  close(): void;
};

/** How often a store sweeps by itself: another replica's files are only seen then. */
const SWEEP_EVERY_MS = 60_000;
/** Sweeping goes below the cap by this factor, so that not every file sweeps again. */
const SWEEP_TO = 0.9;
/** After this long an unfinished file belongs to nobody. */
const DRAFT_LIFETIME_MS = 60 * 60 * 1000;

/** A file's bytes in one read: `readFile` takes many small ones, each of which waits for a thread. */
async function readWhole({ handle, size }: StoredFile): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Opens the store below a data directory, making its folders. */
export async function createFileStore(options: {
  readonly dataDir: string;
  readonly secret: Uint8Array;
  readonly maxBytes: number;
  readonly now?: () => number;
  /** Hears of trouble with the disk that no caller is told of. */
  readonly onTrouble?: (what: string, error: unknown) => void;
}): Promise<FileStore> {
  const now = options.now ?? Date.now;
  const filesDir = path.join(options.dataDir, 'files');
  const draftsDir = path.join(options.dataDir, 'drafts');
  await mkdir(filesDir, { recursive: true, mode: 0o700 });
  await mkdir(draftsDir, { recursive: true, mode: 0o700 });

  /** What we believe the files take together, in bytes; set right by every sweep. */
  let total = 0;
  let sweeping: Promise<void> | undefined;

  const hash = () => createHmac('sha256', options.secret).update('file\0');
  const digest = (bytes: Uint8Array): Promise<string> => hashBytes(hash(), bytes);
  const draftPath = () => path.join(draftsDir, randomBytes(16).toString('hex'));
  const pathOf = (name: string): string | undefined => (isStoredName(name) ? path.join(filesDir, name) : undefined);
  const isOver = (mtimeMs: number) => now() - mtimeMs > FILE_LIFETIME_MS;

  /** `undefinedIfMissing`, where the folder is there: without it, nothing is known of what was in it. */
  const whenMissing = async (error: unknown): Promise<undefined> => {
    undefinedIfMissing(error);
    await stat(filesDir);
    return undefined;
  };
  /** A draft that stays is removed by a sweep; what became of the call matters more. */
  const discard = (draft: string) => rm(draft, { force: true }).catch(() => {});

  const sweepOnce = async () => {
    const files: { file: string; size: number; mtimeMs: number }[] = [];
    for (const name of await readdir(filesDir)) {
      const file = path.join(filesDir, name);
      const found = await stat(file).catch(() => undefined);
      if (found?.isFile()) files.push({ file, size: found.size, mtimeMs: found.mtimeMs });
    }
    files.sort((a, b) => a.mtimeMs - b.mtimeMs);
    let sum = files.reduce((bytes, { size }) => bytes + size, 0);
    const goal = sum > options.maxBytes ? options.maxBytes * SWEEP_TO : sum;
    for (const { file, size, mtimeMs } of files) {
      if (!isOver(mtimeMs) && sum <= goal) break;
      // Another replica, or a newer upload, may have renewed it since it was listed.
      const current = await stat(file).catch(() => undefined);
      if (current !== undefined && current.mtimeMs > mtimeMs) continue;
      await rm(file, { force: true });
      sum -= size;
    }
    total = sum;
    for (const name of await readdir(draftsDir)) {
      const draft = path.join(draftsDir, name);
      const found = await stat(draft).catch(() => undefined);
      if (found !== undefined && now() - found.mtimeMs > DRAFT_LIFETIME_MS) await rm(draft, { force: true });
    }
  };
  const sweep = (): Promise<void> => {
    sweeping ??= sweepOnce().finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  };

  const nameDraft = async (draft: string, name: string, size: number) => {
    await rename(draft, path.join(filesDir, name));
    total += size;
    if (total > options.maxBytes) await sweep();
    return name;
  };

  const openFile = async (name: string): Promise<StoredFile | undefined> => {
    const file = pathOf(name);
    const handle = file === undefined ? undefined : await open(file, 'r').catch(whenMissing);
    if (handle === undefined) return undefined;
    let found: StoredFile | undefined;
    try {
      const { size, mtimeMs } = await handle.stat();
      if (!isOver(mtimeMs)) found = { size, handle };
    } finally {
      if (found === undefined) await handle.close();
    }
    return found;
  };

  await sweep();
  const trial = draftPath();
  await writeFile(trial, '', { mode: 0o600, flag: 'wx' }).then(
    () => discard(trial),
    (error: unknown) => options.onTrouble?.('the data directory takes no files', error),
  );
  const sweepByItself = () =>
    sweep().catch((error: unknown) => options.onTrouble?.('old files could not be removed', error));
  const timer = setInterval(() => void sweepByItself(), SWEEP_EVERY_MS);
  timer.unref();

  return {
    digest,
    writeTempFile: async (body) => {
      const draft = draftPath();
      const running = hash();
      let size = 0;
      try {
        await pipeline(
          Readable.fromWeb(body),
          async function* (chunks: AsyncIterable<Uint8Array>) {
            for await (const chunk of chunks) {
              running.update(chunk);
              size += chunk.byteLength;
              yield chunk;
            }
          },
          createWriteStream(draft, { mode: 0o600, flags: 'wx' }),
        );
      } catch (error) {
        await discard(draft);
        if (error instanceof BodyError) return err(error.failure);
        if (isStorageFull(error)) return err('storage-full');
        throw error;
      }
      return ok({ path: draft, size, digest: running.digest('hex'), discard: () => discard(draft) });
    },
    takeOwnership: (spooled, kind) => nameDraft(spooled.path, `${spooled.digest}.${kind}`, spooled.size),
    put: async (bytes, kind, ownDigest) => {
      const draft = draftPath();
      const name = `${ownDigest ?? (await digest(bytes))}.${kind}`;
      try {
        await writeFile(draft, bytes, { mode: 0o600, flag: 'wx' });
        return ok(await nameDraft(draft, name, bytes.byteLength));
      } catch (error) {
        await discard(draft);
        if (isStorageFull(error)) return err('storage-full');
        throw error;
      }
    },
    read: async (name) => {
      const file = await openFile(name);
      if (file === undefined) return undefined;
      try {
        return await readWhole(file);
      } finally {
        await file.handle.close();
      }
    },
    open: openFile,
    renew: async (names) => {
      const seconds = now() / 1000;
      for (const name of new Set(names)) {
        const file = pathOf(name);
        const found = file === undefined ? undefined : await stat(file).catch(whenMissing);
        if (file === undefined || found === undefined || isOver(found.mtimeMs)) return false;
        const renewed = await utimes(file, seconds, seconds).then(() => true, whenMissing);
        if (renewed !== true) return false;
      }
      return true;
    },
    removeUnless: async (names, wanted) => {
      const before = await wanted();
      const kept = names.filter((name) => before.has(name));
      const quarantine: { name: string; file: string; draft: string; size: number }[] = [];
      const putBack = async ({ draft, file }: { draft: string; file: string }) => {
        await link(draft, file).catch((error: unknown) => {
          // It is there again: its new owner has brought it along.
          if (errorCode(error) !== 'EEXIST') throw error;
        });
        await discard(draft);
      };
      const removed: string[] = [];
      try {
        for (const name of names) {
          const file = pathOf(name);
          if (before.has(name) || file === undefined) continue;
          const found = await stat(file).catch(whenMissing);
          const draft = draftPath();
          const moved = found === undefined ? undefined : await rename(file, draft).then(() => true, whenMissing);
          if (moved === true) quarantine.push({ name, file, draft, size: found?.size ?? 0 });
        }
        const after = await wanted();
        for (let next = quarantine[0]; next !== undefined; next = quarantine[0]) {
          if (after.has(next.name)) {
            await putBack(next);
            kept.push(next.name);
          } else {
            await rm(next.draft, { force: true });
            total -= next.size;
            removed.push(next.name);
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
    sweep,
    close: () => clearInterval(timer),
  };
}
