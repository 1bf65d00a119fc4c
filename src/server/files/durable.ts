import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '#shared/error-code.ts';

/** What systems answer that cannot sync a folder, or open one at all. */
const NO_FOLDER_SYNC = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP']);

/** Writes all of the bytes: at `position`, or at the end of a file that is open for appending (`null`). */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number | null): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const at = position === null ? null : position + done;
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, at);
    done += bytesWritten;
  }
}

/** Makes a file of these bytes, which only its owner may read; `syncs` waits until they are on the disk. */
export async function writeNewFile(file: string, bytes: Uint8Array, syncs: boolean): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await writeAll(handle, bytes, 0);
    if (syncs) await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncing(file: string, flags: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, flags);
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

/** Waits until a file's bytes are on the disk, so that a power cut cannot leave its name with nothing behind it. */
export const syncFile = (file: string): Promise<void> => syncing(file, 'r+');

/** Waits until the names in a folder are on the disk. Does nothing where the system knows no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  await syncing(folder, 'r').catch((error: unknown) => {
    if (!NO_FOLDER_SYNC.has(errorCode(error) ?? '')) throw error;
  });
}
