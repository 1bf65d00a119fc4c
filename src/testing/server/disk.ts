import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** All open files of this process share one prototype, which Node does not export. */
async function prototypeOfHandles(): Promise<FileHandle> {
  const handle = await open(fileURLToPath(import.meta.url));
  await handle.close();
  return Object.getPrototypeOf(handle);
}

/** What the files below a folder take together, in bytes. */
export function bytesBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    }, 0);
}

/**
 * Makes a folder a disk of its own with room for so many bytes, as far as this process can tell, until the returned
 * function is called: what would not fit is refused as the system refuses it. Other folders are left alone.
 */
export async function limitDisk(folder: string, bytes: number): Promise<() => void> {
  const prototype = await prototypeOfHandles();
  const real = prototype.write;
  const fits = (handle: FileHandle, length: number) =>
    !pathOf(handle).startsWith(folder) || bytesBelow(folder) + length <= bytes;
  // One of `write`'s forms: bytes, where they begin, how many, where to.
  Object.assign(prototype, {
    async write(this: FileHandle, data: Uint8Array, offset: number, length: number, position: number | null) {
      if (fits(this, length)) return Reflect.apply(real, this, [data, offset, length, position]);
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    },
  });
  return () => {
    Object.assign(prototype, { write: real });
  };
}

/** Notes the path of every file and folder that this process syncs, until `stop` is called. Linux only. */
export async function watchSyncs(): Promise<{ readonly synced: readonly string[]; readonly stop: () => void }> {
  const prototype = await prototypeOfHandles();
  const real = prototype.sync;
  const synced: string[] = [];
  Object.assign(prototype, {
    async sync(this: FileHandle) {
      synced.push(pathOf(this));
      return Reflect.apply(real, this, []);
    },
  });
  return { synced, stop: () => Object.assign(prototype, { sync: real }) };
}

/** Where an open file lies. */
const pathOf = ({ fd }: FileHandle): string => readlinkSync(`/proc/self/fd/${fd}`);
