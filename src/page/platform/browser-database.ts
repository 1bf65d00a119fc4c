import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb';

/**
 * Opens a database of IndexedDB, as idb's `openDB`. Rejects, and never throws, where the browser keeps none. Apart from
 * `browser-storage.ts`, because the page opens before it needs a database.
 */
export async function openDatabase<Schema extends DBSchema>(
  name: string,
  version: number,
  callbacks: OpenDBCallbacks<Schema>,
): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, version, callbacks);
}
