import type { PageDatabase } from '#page/platform/page-database.ts';
import { type TruthRecord, type TruthSet, truthKey, truthRecord, truthSet } from './model/truth.ts';

/** More truths than these are not kept: the oldest go. Ours. */
const MOST_SETS = 20;

/** A record as it lies in the database: with its key, and with both digests to be found by. */
type StoredTruth = TruthRecord & { readonly key: string; readonly digests: readonly string[] };

const toStored = (record: TruthRecord): StoredTruth => ({
  ...record,
  key: truthKey(record),
  digests: [...new Set([record.file, record.sent])],
});

/**
 * Truths in the page's database, by the pictures that they are about. Everything is parsed when it is read back; what
 * cannot be read is left alone. Every method rejects where the browser stores nothing.
 */
export type TruthStorage = {
  /** Keeps a truth; of more than 20 the oldest goes. */
  put(set: TruthSet, records: readonly TruthRecord[]): Promise<void>;
  /** Every record about files with one of these digests, with the sets that they are of. */
  about(
    digests: readonly string[],
  ): Promise<{ readonly sets: readonly TruthSet[]; readonly records: readonly TruthRecord[] }>;
  /** Takes a truth away. */
  remove(set: string): Promise<void>;
  clear(): Promise<void>;
};

export function createTruthStorage({ open }: Pick<PageDatabase, 'open'>): TruthStorage {
  const readSets = (rows: readonly unknown[]): readonly TruthSet[] =>
    rows.flatMap((row) => {
      const parsed = truthSet.safeParse(row);
      return parsed.success ? [parsed.data] : [];
    });
  const remove = async (set: string): Promise<void> => {
    const transaction = (await open()).transaction(['truths', 'truthSets'], 'readwrite');
    transaction.done.catch(() => undefined);
    // Keys begin with their set.
    await transaction.objectStore('truths').delete(IDBKeyRange.bound(set, `${set} \uffff`));
    await transaction.objectStore('truthSets').delete(set);
    await transaction.done;
  };
  return {
    put: async (set, records) => {
      const transaction = (await open()).transaction(['truths', 'truthSets'], 'readwrite');
      transaction.done.catch(() => undefined);
      for (const record of records) await transaction.objectStore('truths').put(toStored(record));
      await transaction.objectStore('truthSets').put(set);
      const all = readSets(await transaction.objectStore('truthSets').getAll());
      await transaction.done;
      const old = all.toSorted((a, b) => b.takenAt - a.takenAt).slice(MOST_SETS);
      for (const { id } of old) await remove(id);
    },
    about: async (digests) => {
      const transaction = (await open()).transaction(['truths', 'truthSets']);
      const truths = transaction.objectStore('truths');
      const rows = await Promise.all(digests.map((digest) => truths.index('digests').getAll(digest)));
      const records = rows.flat().flatMap((row) => {
        const parsed = truthRecord.safeParse(row);
        return parsed.success ? [parsed.data] : [];
      });
      // One that has two of the digests is found twice.
      const found = new Map(records.map((record) => [truthKey(record), record]));
      const used = new Set(records.map(({ set }) => set));
      const sets = readSets(await transaction.objectStore('truthSets').getAll());
      return { sets: sets.filter(({ id }) => used.has(id)), records: [...found.values()] };
    },
    remove,
    clear: async () => {
      const transaction = (await open()).transaction(['truths', 'truthSets'], 'readwrite');
      transaction.done.catch(() => undefined);
      await transaction.objectStore('truths').clear();
      await transaction.objectStore('truthSets').clear();
      await transaction.done;
    },
  };
}
