import type { PageDatabase } from '#page/platform/page-database.ts';
import { type Check, toStore } from './model/check-file.ts';
import { type CheckRecord, type CheckSet, checkRecord, checkSet, recordKey } from './model/verdict.ts';

/** A record as it lies in the database: with its key, and with both digests to be found by. */
type StoredRecord = CheckRecord & { readonly key: string; readonly digests: readonly string[] };

const toStored = (record: CheckRecord): StoredRecord => ({
  ...record,
  key: recordKey(record),
  digests: [...new Set([record.file, record.sent])],
});

/**
 * Checks in the page's database. They are never evicted, and outlive their pictures. Everything is parsed when it is read
 * back; what cannot be read is left alone. Every method rejects where the browser stores nothing.
 */
export type CheckStorage = {
  /** The set of this browser, made with `id` at the first call, and those of others. */
  sets(id: string): Promise<readonly CheckSet[]>;
  /** Writes the reviewer's name on a set. */
  nameSet(set: CheckSet): Promise<void>;
  /** Every record about files with one of these digests, as handed over or as sent. */
  about(digests: readonly string[]): Promise<readonly CheckRecord[]>;
  /** Writes records, and deletes those by `emptied` keys, in one transaction. */
  write(records: readonly CheckRecord[], emptied: readonly string[]): Promise<void>;
  /** Puts a file's records beside what is there (`toStore`); gives how many came. `apart` is the id for a set of their own. */
  adopt(file: Check, ownSet: string, apart: string): Promise<number>;
  /** How many pictures there are verdicts of, and how many verdicts and missed faces. */
  count(): Promise<{ readonly pictures: number; readonly verdicts: number }>;
  everything(): Promise<Check>;
  clear(): Promise<void>;
};

export function createCheckStorage({ open }: Pick<PageDatabase, 'open'>): CheckStorage {
  const readRecords = (rows: readonly unknown[]): readonly CheckRecord[] =>
    rows.flatMap((row) => {
      const parsed = checkRecord.safeParse(row);
      return parsed.success ? [parsed.data] : [];
    });
  const readSets = (rows: readonly unknown[]): readonly CheckSet[] =>
    rows.flatMap((row) => {
      const parsed = checkSet.safeParse(row);
      return parsed.success ? [parsed.data] : [];
    });
  return {
    sets: async (id) => {
      // In one transaction: of two tabs that begin at once, one makes the set and the other finds it.
      const { store, done } = (await open()).transaction('checkSets', 'readwrite');
      const known = readSets(await store.getAll());
      const own: CheckSet = { id, reviewer: '', isOwn: true };
      const isNew = !known.some(({ isOwn }) => isOwn);
      if (isNew) await store.put(own);
      await done;
      return isNew ? [own, ...known] : known;
    },
    nameSet: async (set) => {
      await (await open()).put('checkSets', set);
    },
    about: async (digests) => {
      const { store } = (await open()).transaction('checks');
      const rows = await Promise.all(digests.map((digest) => store.index('digests').getAll(digest)));
      // One that has two of the digests is found twice.
      return [...new Map(readRecords(rows.flat()).map((record) => [recordKey(record), record])).values()];
    },
    write: async (records, emptied) => {
      const { store, done } = (await open()).transaction('checks', 'readwrite', { durability: 'strict' });
      done.catch(() => undefined);
      for (const record of records) await store.put(toStored(record));
      for (const key of emptied) await store.delete(key);
      await done;
    },
    adopt: async (file, ownSet, apart) => {
      const transaction = (await open()).transaction(['checks', 'checkSets'], 'readwrite');
      transaction.done.catch(() => undefined);
      const checks = transaction.objectStore('checks');
      const rows = await Promise.all(file.records.map((record) => checks.get(recordKey(record))));
      const known = new Map(readRecords(rows).map((record) => [recordKey(record), record]));
      const { records, sets } = toStore(file, known, ownSet, apart);
      for (const record of records) await checks.put(toStored(record));
      for (const set of sets) await transaction.objectStore('checkSets').put({ ...set, isOwn: false });
      await transaction.done;
      return records.length;
    },
    count: async () => {
      const records = readRecords(await (await open()).getAll('checks'));
      return {
        pictures: new Set(records.map(({ file }) => file)).size,
        verdicts: records.reduce((sum, { faces, missed }) => sum + faces.length + missed.length, 0),
      };
    },
    everything: async () => {
      const db = await open();
      return {
        sets: readSets(await db.getAll('checkSets')),
        records: readRecords(await db.getAll('checks')),
      };
    },
    clear: async () => {
      const transaction = (await open()).transaction(['checks', 'checkSets'], 'readwrite');
      transaction.done.catch(() => undefined);
      await transaction.objectStore('checks').clear();
      await transaction.objectStore('checkSets').clear();
      await transaction.done;
    },
  };
}
