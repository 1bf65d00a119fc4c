import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What all replicas on one data directory have written, as they tell each other between two looks at the disk. */
export type SharedCount = {
  /** Adds to what this process has written and not removed, in bytes. */
  add(bytes: number): void;
  /** What the others have added since `begin`, in bytes, as far as they have told; less when they removed more. */
  others(): number;
  /** Tells the others and hears them, where enough was added since or `always`. */
  exchange(always?: boolean): Promise<void>;
  /** From now on counts anew what others add: the disk is about to be looked at. */
  begin(): Promise<void>;
  /** Takes back what this process told. */
  close(): Promise<void>;
};

/** After so long without a word a replica is gone, in milliseconds; those that live tell something every minute. */
const GONE_AFTER_MS = 60 * 60 * 1000;

/**
 * Each replica has a file of its own with one number. It is told when it has changed by `stepBytes`, so that writing
 * costs next to nothing. A disk that does not take it costs no call: the next look at the disk sets everything right.
 */
export async function createSharedCount(dataDir: string, stepBytes: number): Promise<SharedCount> {
  const folder = path.join(dataDir, 'replicas');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const own = randomBytes(16).toString('hex');
  let added = 0;
  let told = 0;
  let heard = new Map<string, number>();
  let since = new Map<string, number>();

  const tell = async () => {
    told = added;
    await writeFile(path.join(folder, own), `${added}\n`, { mode: 0o600 }).catch(() => {});
  };
  const hear = async () => {
    const names = await readdir(folder).catch(() => []);
    const counts = await Promise.all(
      names
        .filter((name) => name !== own)
        .map(async (name) => {
          const text = await readFile(path.join(folder, name), 'latin1').catch(() => '');
          // Just being written: what was heard before is still nearly true.
          const count = text.endsWith('\n') ? Number.parseInt(text, 10) : heard.get(name);
          return [name, count] as const;
        }),
    );
    heard = new Map(counts.flatMap(([name, count]) => (count === undefined ? [] : [[name, count]])));
  };
  const removeGone = async () => {
    for (const name of await readdir(folder).catch(() => [])) {
      const file = path.join(folder, name);
      const found = await stat(file).catch(() => undefined);
      if (found !== undefined && Date.now() - found.mtimeMs > GONE_AFTER_MS) await rm(file, { force: true });
    }
  };

  return {
    add: (bytes) => {
      added += bytes;
    },
    others: () => [...heard].reduce((sum, [name, count]) => sum + count - (since.get(name) ?? 0), 0),
    exchange: async (always = false) => {
      const isMuch = Math.abs(added - told) >= stepBytes;
      if (isMuch) await tell();
      if (isMuch || always) await hear();
    },
    begin: async () => {
      await tell();
      await removeGone();
      await hear();
      since = heard;
    },
    close: () => rm(path.join(folder, own), { force: true }).catch(() => {}),
  };
}
