import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '#shared/error-code.ts';
import { syncFolder, writeNewFile } from './files/durable.ts';

/** Ids as the page makes them: random, so that nobody meets another's. */
export const PAID_ID = /^[0-9a-f]{32}$/;

/** A browser sends a request again within moments; nothing is asked for a day later. */
export const PAID_KEPT_MS = 24 * 3600 * 1000;

/** Paid requests that were sent on, by the id that the page gave each. */
export type PaidOnce = {
  /**
   * Writes an id down; false when it was before, here or by another process of this data directory, also one that died
   * since. True for what is no id of ours: programs give none. Rejects when the disk does not take it.
   */
  claim(id: string | undefined): Promise<boolean>;
};

/**
 * A browser sends a request by itself once more when a connection that it used before closes without an answer, a POST
 * as well (Chromium does). When this server dies after it has sent a paid request on, that is what happens, and the next
 * server would pay again: it must find what the one before had begun.
 */
export async function createPaidOnce(options: { readonly dataDir: string }): Promise<PaidOnce> {
  const folder = path.join(options.dataDir, 'paid');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const age =
      Date.now() -
      (await stat(file)
        .then(({ mtimeMs }) => mtimeMs)
        .catch(() => Date.now()));
    if (age > PAID_KEPT_MS) await rm(file, { force: true }).catch(() => undefined);
  }
  return {
    claim: async (id) => {
      if (id === undefined || !PAID_ID.test(id)) return true;
      try {
        await writeNewFile(path.join(folder, id), new Uint8Array(), true);
      } catch (error) {
        if (errorCode(error) === 'EEXIST') return false;
        throw error;
      }
      await syncFolder(folder);
      return true;
    },
  };
}
