import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';

/**
 * The page's one database. Values are `unknown` on the way out, because only a parse says what they are. Who keeps them:
 *
 * - `generations`: Kolors, what is remembered of paid requests.
 * - `pictures` and `answers`: persistence, see its `records.ts`.
 * - `blobs`: the bytes of pictures, by the picture's key.
 * - `leases`: which tab works with which picture; while one does, the picture's bytes stay.
 * - `uploads`: detection, what lies at Kling; it stays when its picture goes, so that it can be taken back.
 * - `checks` and `checkSets`: check, verdicts by digest of the file, and whose they are. Never evicted.
 * - `truths` and `truthSets`: compare, boxes from a file by digest of the picture, and which file they are from.
 *
 * Apart from `browser-storage.ts`, because the page opens before it needs a database.
 */
export interface PageSchema extends DBSchema {
  generations: { key: string; value: unknown };
  pictures: { key: string; value: unknown };
  answers: { key: string; value: unknown; indexes: { picture: string } };
  blobs: { key: string; value: unknown };
  leases: { key: [string, string]; value: { work: string; picture: string }; indexes: { work: string } };
  uploads: { key: string; value: unknown };
  checks: { key: string; value: unknown; indexes: { digests: string } };
  checkSets: { key: string; value: unknown };
  truths: { key: string; value: unknown; indexes: { digests: string } };
  truthSets: { key: string; value: unknown };
}

export type PageConnection = IDBPDatabase<PageSchema>;

/**
 * The name under which earlier versions kept generations alone. It stays, so that what was paid is never moved: an old
 * page that is still open in another tab is asked to close it, cannot open the newer layout, and so pays for nothing.
 */
const NAME = 'facebound';

/** Where earlier versions kept everything else, in a database of its own; see `adoptFormerMemory`. */
const FORMER_MEMORY = 'facebound-memory';
const FORMER_STORES = ['pictures', 'answers', 'blobs', 'leases'] as const;

/** Steps from one layout to the next: a database of version n has been through the first n. Only ever append. */
const UPGRADES: readonly ((db: PageConnection) => void)[] = [
  (db) => {
    db.createObjectStore('generations', { keyPath: 'id' });
  },
  (db) => {
    db.createObjectStore('pictures', { keyPath: 'key' });
    db.createObjectStore('answers', { keyPath: 'id' }).createIndex('picture', 'picture');
    db.createObjectStore('blobs');
    db.createObjectStore('leases', { keyPath: ['work', 'picture'] }).createIndex('work', 'work');
  },
  (db) => {
    db.createObjectStore('uploads', { keyPath: 'address' });
    db.createObjectStore('checks', { keyPath: 'key' }).createIndex('digests', 'digests', { multiEntry: true });
    db.createObjectStore('checkSets', { keyPath: 'id' });
  },
  (db) => {
    db.createObjectStore('truths', { keyPath: 'key' }).createIndex('digests', 'digests', { multiEntry: true });
    db.createObjectStore('truthSets', { keyPath: 'id' });
  },
];

export type PageDatabase = {
  /**
   * The open connection. Rejects where the browser keeps nothing, and when a newer version of the page has been here
   * (`isFromNewerPage`). Opened again after another tab needed it closed.
   */
  readonly open: () => Promise<PageConnection>;
  /**
   * The same, once everything that an earlier version left is in it. It is looked for once a start, and `anew` when a
   * tab that still runs that version may have written since.
   */
  readonly openWithFormer: (look?: 'anew') => Promise<PageConnection>;
  readonly close: () => Promise<void>;
};

/** The page's own, and others for tests: `former` is the name of the earlier database of pictures and answers. */
export function createPageDatabase({ name = NAME, former = FORMER_MEMORY } = {}): PageDatabase {
  let connection: Promise<PageConnection> | undefined;
  let adoption: Promise<unknown> | undefined;
  const forget = () => {
    connection = undefined;
    adoption = undefined;
  };
  const open = (): Promise<PageConnection> => {
    connection ??= openDB<PageSchema>(name, UPGRADES.length, {
      upgrade: (db, oldVersion) => {
        for (const step of UPGRADES.slice(oldVersion)) step(db);
      },
      // Another tab brings a newer layout: let it, and open again when needed.
      blocking: (_current, _blocked, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
        forget();
      },
      terminated: forget,
    }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return connection;
  };
  return {
    open,
    openWithFormer: async (look) => {
      const db = await open();
      if (look === 'anew') adoption = undefined;
      // What cannot be taken over now stays where it is and is tried again at the next start.
      adoption ??= adoptFormerMemory(db, former).catch(() => undefined);
      await adoption;
      return db;
    },
    close: async () => {
      const opened = await connection?.catch(() => undefined);
      opened?.close();
      forget();
    },
  };
}

export const pageDatabase = createPageDatabase();

/** Whether a database would not open because a newer version of the page wrote it. Nothing in it is lost. */
export const isFromNewerPage = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'VersionError';

/** What a database that would not open is to the person: written by a newer version of the page, or not to be had. */
export const whyUnavailable = (error: unknown): 'newer' | 'unavailable' =>
  isFromNewerPage(error) ? 'newer' : 'unavailable';

/**
 * Moves what an earlier version of the page kept in a database of its own. A tab that still runs that version may go on
 * writing there: the emptied database stays until a start finds nothing in it, and then that tab is asked to close it.
 * Each picture moves with its answers and bytes: first it is written here, then it is deleted there, so that a page
 * that ends in between loses nothing and doubles nothing.
 */
async function adoptFormerMemory(db: PageConnection, name: string): Promise<void> {
  const former = await openExisting(name);
  if (former === undefined) return;
  try {
    if (!FORMER_STORES.every((store) => former.objectStoreNames.contains(store))) return;
    // Before the bytes: without its lease a picture counts as one that nobody works with.
    for (const lease of await former.getAll('leases')) await db.put('leases', lease);
    const keys = await former.getAllKeys('pictures');
    for (const key of keys) await adoptPicture(former, db, key);
    if (keys.length > 0) return;
  } finally {
    former.close();
  }
  // Waits for that tab, which nobody has to wait for.
  void deleteDB(name).catch(() => undefined);
}

async function adoptPicture(former: PageConnection, db: PageConnection, key: string): Promise<void> {
  const [picture, answers, blob] = await Promise.all([
    former.get('pictures', key),
    former.getAllFromIndex('answers', 'picture', key),
    former.get('blobs', key),
  ]);
  const here = db.transaction(['pictures', 'answers', 'blobs'], 'readwrite');
  here.done.catch(() => undefined);
  // What this version wrote of the same picture is newer.
  if (picture !== undefined && (await here.objectStore('pictures').getKey(key)) === undefined) {
    await here.objectStore('pictures').put(picture);
    for (const answer of answers) await here.objectStore('answers').put(answer);
  }
  if (blob !== undefined && (await here.objectStore('blobs').getKey(key)) === undefined) {
    await here.objectStore('blobs').put(blob, key);
  }
  await here.done;
  const there = former.transaction(['pictures', 'answers', 'blobs', 'leases'], 'readwrite');
  there.done.catch(() => undefined);
  for (const id of await there.objectStore('answers').index('picture').getAllKeys(key)) {
    await there.objectStore('answers').delete(id);
  }
  await there.objectStore('pictures').delete(key);
  await there.objectStore('blobs').delete(key);
  for (const lease of await there.objectStore('leases').getAllKeys()) {
    if (lease[1] === key) await there.objectStore('leases').delete(lease);
  }
  await there.done;
}

/** Opens a database only if it is there: opening creates it otherwise, and this gives that up again. */
async function openExisting(name: string): Promise<PageConnection | undefined> {
  let isNew = false;
  const opened = await openDB<PageSchema>(name, undefined, {
    upgrade: (_db, _oldVersion, _newVersion, transaction) => {
      isNew = true;
      transaction.done.catch(() => undefined);
      transaction.abort();
    },
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  }).catch((error: unknown) => {
    if (isNew) return undefined;
    throw error;
  });
  return opened;
}
