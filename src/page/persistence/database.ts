import type { DBSchema, IDBPDatabase } from 'idb';
import { openDatabase } from '#page/platform/browser-database.ts';

/**
 * The stores of the memory. Values are `unknown` on the way out, because only a parse says what they are.
 *
 * - `pictures` and `answers`: see `records.ts`. Among the answers lies what is known of each picture's file as well.
 * - `blobs`: the bytes of pictures, by the picture's key.
 * - `leases`: which tab works with which picture; while one does, the picture's bytes stay.
 */
export interface MemorySchema extends DBSchema {
  pictures: { key: string; value: unknown };
  answers: { key: string; value: unknown; indexes: { picture: string } };
  blobs: { key: string; value: unknown };
  leases: { key: [string, string]; value: { work: string; picture: string }; indexes: { work: string } };
}

export type MemoryDatabase = IDBPDatabase<MemorySchema>;

export const MEMORY_DATABASE = 'facebound-memory';

/** Steps from one layout to the next: a database of version n has been through the first n. Only ever append. */
const UPGRADES: readonly ((db: MemoryDatabase) => void)[] = [
  (db) => {
    db.createObjectStore('pictures', { keyPath: 'key' });
    db.createObjectStore('answers', { keyPath: 'id' }).createIndex('picture', 'picture');
    db.createObjectStore('blobs');
    db.createObjectStore('leases', { keyPath: ['work', 'picture'] }).createIndex('work', 'work');
  },
];

/**
 * Opens the database, bringing an older layout up to date. Rejects where the browser keeps nothing, and when a newer
 * version of the page has been here. `onLost` runs when the connection ends because another tab needs it.
 */
export function openMemoryDatabase(name: string, onLost: () => void): Promise<MemoryDatabase> {
  return openDatabase<MemorySchema>(name, UPGRADES.length, {
    upgrade: (db, oldVersion) => {
      for (const step of UPGRADES.slice(oldVersion)) step(db);
    },
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
      onLost();
    },
    terminated: onLost,
  });
}
