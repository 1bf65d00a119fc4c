import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test } from 'vitest';
import { createPageDatabase, type PageDatabase } from '#page/platform/page-database.ts';
import { sha256Hex } from '#page/platform/sha256.ts';
import { createMemory, type Memory, NOT_TOLD } from './memory.ts';
import { answerId, type StoredAnswer, type StoredPicture } from './records.ts';

const opened: { database: PageDatabase; databaseName: string }[] = [];
afterEach(async () => {
  for (const { database, databaseName } of opened.splice(0)) {
    await database.close();
    await deleteDB(databaseName);
    await deleteDB(`${databaseName}-former`);
  }
});
function remember(maxBytes = 1_000_000, databaseName = `test-${crypto.randomUUID()}`) {
  const database = createPageDatabase({ name: databaseName, former: `${databaseName}-former` });
  const memory = createMemory({ database, maxBytes: () => maxBytes });
  opened.push({ database, databaseName });
  return { memory, database, databaseName };
}

const picture = (key: string, bytes: number, openedAt = Date.now()): StoredPicture => ({
  key,
  name: `${key}.jpg`,
  origin: { kind: 'file', via: 'drop' },
  size: { width: 400, height: 300 },
  notes: [],
  orientation: 1,
  concerns: [],
  sha256: 'a'.repeat(64),
  bytes,
  thumbnail: new Blob([]),
  answerBytes: 0,
  openedAt,
});
const handedOver = {
  path: 'holiday/day 1/IMG_0042.JPG',
  size: { width: 3000, height: 4000 },
  orientation: 6,
  sha256: 'b'.repeat(64),
} as const;
const blobOf = (bytes: number) => new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' });
const answerTo = (key: string, body = '{}'): StoredAnswer => {
  const whose = { picture: key, engine: 'embedded', credential: 'server' } as const;
  return {
    ...whose,
    id: answerId(whose),
    imageReference: 'http://127.0.0.1/files/x',
    exchange: { method: 'POST', path: '/x', durationMs: 1, body },
    at: 1,
  };
};
const keys = async (memory: Memory) => (await memory.overview()).recent.map(({ key }) => key);

describe('the memory', () => {
  test('gives back picture, answer and bytes', async () => {
    const { memory } = remember();
    expect(await memory.keepPicture('work', picture('a', 5), new Blob(['hello'], { type: 'image/png' }))).toBe('kept');
    await memory.keepAnswer(answerTo('a'), 7);
    const loaded = await memory.load('a');
    expect(loaded?.picture).toMatchObject({ name: 'a.jpg', faces: 7 });
    expect(loaded?.answers).toEqual([answerTo('a')]);
    expect([await loaded?.blob?.text(), loaded?.blob?.type]).toEqual(['hello', 'image/png']);
    expect((await memory.loadByDigest('a'.repeat(64)))?.picture.key).toBe('a');
    expect(await memory.load('b')).toBeUndefined();
  });

  test('gives back what is known of the file, forgets it with the picture, and takes none from one that tells none', async () => {
    const { memory } = remember();
    await memory.keepPicture('work', picture('a', 5), blobOf(5), handedOver);
    await memory.keepPicture('other', picture('a', 5), blobOf(5));
    await memory.keepAnswer(answerTo('a'), 1);
    expect(await memory.load('a')).toMatchObject({ handedOver, answers: [answerTo('a')] });
    await memory.keepPicture('work', picture('b', 5), blobOf(5));
    expect((await memory.load('b'))?.handedOver).toBeUndefined();
    await memory.delete('a');
    await memory.keepPicture('work', picture('a', 5), blobOf(5));
    expect((await memory.load('a'))?.handedOver).toBeUndefined();
  });

  test('what is known of the file outlives an earlier version, which writes records without what it does not know', async () => {
    const { memory, databaseName } = remember();
    await memory.keepPicture('work', picture('a', 5), blobOf(5), handedOver);
    const earlier = await openDB(databaseName);
    const { key, name, origin, size, notes, orientation, concerns, sha256, bytes, thumbnail, answerBytes, openedAt } =
      await earlier.get('pictures', 'a');
    const known = { key, name, origin, size, notes, orientation, concerns, sha256, bytes, thumbnail, answerBytes };
    await earlier.put('pictures', { ...known, openedAt });
    await earlier.put('answers', answerTo('a'));
    earlier.close();
    expect(await memory.load('a')).toMatchObject({ handedOver, picture: { key: 'a' }, answers: [answerTo('a')] });
  });

  test('tells which detector found the faces, also where an earlier version of the page did not keep that', async () => {
    const { memory } = remember();
    for (const key of ['marked', 'earlier', 'asked', 'kling']) {
      await memory.keepPicture('work', picture(key, 5), blobOf(5));
    }
    const { exchange } = answerTo('marked');
    if (exchange === undefined) throw new Error('No exchange');
    await memory.keepAnswer({ ...answerTo('marked'), exchange: { ...exchange, detector: 'facebound-9' } }, 1);
    await memory.keepAnswer(answerTo('earlier'), 1);
    await memory.keepAnswer(answerTo('asked'), undefined);
    const whose = { picture: 'kling', engine: 'kling', credential: 'server' } as const;
    await memory.keepAnswer({ ...answerTo('kling'), ...whose, id: answerId(whose) }, 1);
    // Opened again.
    await memory.keepPicture('work', picture('marked', 5), blobOf(5));
    const { recent } = await memory.overview();
    expect(Object.fromEntries(recent.map(({ key, detector }) => [key, detector]))).toEqual({
      marked: 'facebound-9',
      earlier: NOT_TOLD,
      asked: undefined,
      kling: undefined,
    });
  });

  test('lists the newest first and says how much room it takes', async () => {
    const { memory } = remember();
    await memory.keepPicture('work', picture('old', 100, 1), blobOf(100));
    await memory.keepPicture('work', picture('new', 50, 2), blobOf(50));
    await memory.keepAnswer(answerTo('new', 'x'.repeat(30)), 0);
    const { recent, usedBytes } = await memory.overview();
    expect(recent.map(({ key, hasBlob }) => [key, hasBlob])).toEqual([
      ['new', true],
      ['old', true],
    ]);
    expect(usedBytes).toBe(180);
  });

  test('gives the bytes of a link that an earlier version wrote down only where they are what the record says', async () => {
    const { memory } = remember();
    const bytes = new TextEncoder().encode('hello');
    const sha256 = await sha256Hex(bytes);
    const origin = { kind: 'link', url: 'https://example.com/camera.jpg' } as const;
    const old = { ...picture(`link ${origin.url}`, 5), origin, sha256 };
    await memory.keepPicture('work', old, new Blob([bytes]));
    expect(await (await memory.load(old.key))?.blob?.text()).toBe('hello');
    // What the camera showed later: of the same size, and its bytes were not written again.
    await memory.keepPicture('work', { ...old, sha256: 'b'.repeat(64) }, new Blob(['later']));
    expect(await memory.load(old.key)).toMatchObject({ picture: { key: old.key }, blob: undefined });
  });

  test('keeps all that is in use, however many, and forgets the oldest once it is not', async () => {
    const { memory } = remember();
    const numbers = Array.from({ length: 310 }, (_, index) => index + 1);
    for (const number of numbers) await memory.keepPicture('work', picture(`${number}`, 1, number), blobOf(1));
    expect(await memory.load('1')).toBeDefined();
    expect((await memory.overview(new Set(numbers.map(String)))).recent).toEqual([]);
    await memory.release('work', numbers.map(String), true);
    await memory.keepPicture('work', picture('new', 1, 1000), blobOf(1));
    expect(await memory.load('1')).toBeUndefined();
    expect(await memory.load('310')).toBeDefined();
    expect(await memory.load('new')).toBeDefined();
  });

  test('forgets what a work no longer holds, unless another one does', async () => {
    const { memory } = remember();
    await memory.keepPicture('one', picture('a', 5), blobOf(5));
    await memory.keepPicture('two', picture('a', 5), blobOf(5));
    await memory.deleteUnlessHeld('one', 'a');
    expect(await keys(memory)).toEqual(['a']);
    await memory.deleteUnlessHeld('two', 'a');
    expect(await keys(memory)).toEqual([]);
  });

  test('keeps an answer only for a picture that is remembered', async () => {
    const { memory } = remember();
    await memory.keepAnswer(answerTo('gone'), 3);
    expect(await keys(memory)).toEqual([]);
  });

  test('drops bytes when the last work lets go of them, and keeps them when asked to', async () => {
    const { memory } = remember();
    await memory.keepPicture('one', picture('a', 5), blobOf(5));
    await memory.keepPicture('two', picture('a', 5), blobOf(5));
    await memory.release('one', ['a'], false);
    expect((await memory.load('a'))?.blob).toBeDefined();
    await memory.release('two', ['a'], false);
    expect((await memory.load('a'))?.blob).toBeUndefined();
    expect(await keys(memory)).toEqual(['a']);
    await memory.keepPicture('one', picture('b', 5), blobOf(5));
    await memory.release('one', ['b'], true);
    expect((await memory.load('b'))?.blob).toBeDefined();
  });

  test('tidies up after works that were left behind', async () => {
    const { memory } = remember();
    await memory.keepPicture('open', picture('a', 5), blobOf(5));
    await memory.keepPicture('closed', picture('b', 5), blobOf(5));
    await memory.evict((work) => work === 'open', false);
    expect((await memory.overview()).recent.map(({ key, hasBlob }) => [key, hasBlob]).toSorted()).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  test('makes room by dropping the oldest, never what is in work', async () => {
    const { memory } = remember(250);
    await memory.keepPicture('work', picture('old', 100, 1), blobOf(100));
    await memory.release('work', ['old'], true);
    await memory.keepPicture('work', picture('held', 100, 2), blobOf(100));
    expect(await memory.keepPicture('work', picture('new', 100, 3), blobOf(100))).toBe('kept');
    expect((await memory.load('old'))?.blob).toBeUndefined();
    expect((await memory.load('held'))?.blob).toBeDefined();
    expect(await memory.keepPicture('work', picture('too much', 100, 4), blobOf(100))).toBe('no-room');
    expect(await keys(memory)).toEqual(['too much', 'new', 'held', 'old']);
  });

  test('leaves out what it cannot read, says how much, and is rid of it', async () => {
    const { memory, databaseName } = remember();
    await memory.keepPicture('work', picture('good', 5), blobOf(5));
    await memory.keepAnswer(answerTo('good'), 1);
    const db = await openDB(databaseName);
    await db.put('pictures', { key: 'bad', name: 12 });
    await db.put('answers', { id: 'bad', picture: 'good', engine: 'evil' });
    db.close();
    const first = await memory.overview();
    expect([first.recent.map(({ key }) => key), first.unreadable]).toEqual([['good'], 1]);
    expect((await memory.load('good'))?.answers).toEqual([answerTo('good')]);
    expect((await memory.overview()).unreadable).toBe(0);
  });

  test('removes what cannot be read and nothing else, whatever another tab adds meanwhile', async () => {
    const { memory, databaseName } = remember();
    await memory.keepPicture('work', picture('z', 5), blobOf(5));
    const otherTab = await openDB(databaseName);
    await otherTab.put('pictures', { key: 'm', name: 42 });
    const looking = memory.overview();
    await Promise.resolve();
    await Promise.all([looking, otherTab.put('pictures', picture('a', 5))]);
    otherTab.close();
    expect(new Set(await keys(memory))).toEqual(new Set(['a', 'z']));
  });

  test('takes bytes that are not the picture’s for missing', async () => {
    const { memory, databaseName } = remember();
    await memory.keepPicture('work', picture('a', 5), blobOf(5));
    const db = await openDB(databaseName);
    await db.put('blobs', 'not a blob', 'a');
    db.close();
    expect((await memory.load('a'))?.blob).toBeUndefined();
    expect((await memory.load('a'))?.picture.key).toBe('a');
  });

  test('forgets one, and everything', async () => {
    const { memory, databaseName } = remember();
    for (const key of ['a', 'b']) {
      await memory.keepPicture('work', picture(key, 5), blobOf(5));
      await memory.keepAnswer(answerTo(key), 1);
    }
    await memory.delete('a');
    expect(await memory.load('a')).toBeUndefined();
    expect(await keys(memory)).toEqual(['b']);
    await memory.clear();
    const db = await openDB(databaseName);
    for (const store of db.objectStoreNames) expect([store, await db.count(store)]).toEqual([store, 0]);
    db.close();
  });

  describe('what an earlier version kept in a database of its own', () => {
    const former = async (databaseName: string, version?: number) =>
      openDB(`${databaseName}-former`, version, {
        upgrade: (db) => {
          db.createObjectStore('pictures', { keyPath: 'key' });
          db.createObjectStore('answers', { keyPath: 'id' }).createIndex('picture', 'picture');
          db.createObjectStore('blobs');
          db.createObjectStore('leases', { keyPath: ['work', 'picture'] }).createIndex('work', 'work');
        },
        // As that version does: another tab may have it.
        blocking: (_current, _blocked, event) => {
          if (event.target instanceof IDBDatabase) event.target.close();
        },
      });
    const databases = async () => (await indexedDB.databases()).map(({ name }) => name);

    test('is here with answers, bytes and who works with it, and is there no more', async () => {
      const { memory, databaseName } = remember();
      const old = await former(databaseName, 1);
      await old.put('pictures', { ...picture('a', 5), faces: 3 });
      await old.put('answers', answerTo('a'));
      await old.put('blobs', blobOf(5), 'a');
      await old.put('leases', { work: 'open', picture: 'a' });
      await old.put('pictures', { key: 'bad', name: 12 });

      expect(await memory.load('a')).toMatchObject({ picture: { faces: 3 }, answers: [answerTo('a')] });
      expect((await memory.load('a'))?.blob?.size).toBe(5);
      await memory.deleteUnlessHeld('another', 'a');
      expect(await keys(memory)).toEqual(['a']);
      for (const store of old.objectStoreNames) expect([store, await old.count(store)]).toEqual([store, 0]);
      old.close();
    });

    test('gives way to what this version wrote of the same picture', async () => {
      const { memory, database, databaseName } = remember();
      await memory.keepPicture('work', { ...picture('a', 5), name: 'new.jpg' }, blobOf(5));
      await database.close();
      const old = await former(databaseName, 1);
      await old.put('pictures', { ...picture('a', 5), name: 'old.jpg' });
      await old.put('answers', answerTo('a'));
      old.close();
      expect(await memory.load('a')).toMatchObject({ picture: { name: 'new.jpg' }, answers: [] });
    });

    test('is taken over at each start for as long as an old tab writes it, and ends with the first that finds nothing', async () => {
      const { memory, database, databaseName } = remember();
      const oldTab = await former(databaseName, 1);
      await oldTab.put('pictures', picture('a', 5));
      expect(await keys(memory)).toEqual(['a']);
      await oldTab.put('pictures', picture('b', 5));
      await database.close();
      expect(new Set(await keys(memory))).toEqual(new Set(['a', 'b']));
      await database.close();
      expect(new Set(await keys(memory))).toEqual(new Set(['a', 'b']));
      await expect.poll(databases).not.toContain(`${databaseName}-former`);
    });

    test('is forgotten with everything else, what an old tab wrote since included', async () => {
      const { memory, databaseName } = remember();
      const oldTab = await former(databaseName, 1);
      await oldTab.put('pictures', picture('a', 5));
      await memory.overview();
      await oldTab.put('pictures', picture('b', 5));
      await memory.clear();
      expect(await oldTab.count('pictures')).toBe(0);
      expect(await keys(memory)).toEqual([]);
      oldTab.close();
    });

    test('is not made by looking for it', async () => {
      const { memory, databaseName } = remember();
      await memory.overview();
      expect(await databases()).not.toContain(`${databaseName}-former`);
    });
  });

  test('outlives the page: another connection finds everything', async () => {
    const { memory, database, databaseName } = remember();
    await memory.keepPicture('work', picture('a', 5), blobOf(5));
    await database.close();
    expect(await keys(remember(1_000_000, databaseName).memory)).toEqual(['a']);
  });

  test('rejects when a newer version of the page has been here, and touches nothing', async () => {
    const databaseName = `test-${crypto.randomUUID()}`;
    const newer = await openDB(databaseName, 99, { upgrade: (db) => void db.createObjectStore('things') });
    newer.close();
    const { memory } = remember(1_000_000, databaseName);
    await expect(memory.overview()).rejects.toThrow();
    const db = await openDB(databaseName);
    expect([...db.objectStoreNames]).toEqual(['things']);
    db.close();
  });

  test('steps aside when a newer version of the page opens it in another tab', async () => {
    const { memory, databaseName } = remember();
    await memory.keepPicture('work', picture('a', 5), blobOf(5));
    const newer = await openDB(databaseName, 99);
    newer.close();
    await expect(memory.overview()).rejects.toThrow();
  });

  test('a full disk is an outcome, not an exception', async () => {
    const { memory } = remember();
    await memory.overview();
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      if (this.name === 'blobs') throw new DOMException('The disk is full', 'QuotaExceededError');
      return put.apply(this, args);
    };
    try {
      expect(await memory.keepPicture('work', picture('a', 5), blobOf(5))).toBe('no-room');
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(await keys(memory)).toEqual(['a']);
    expect((await memory.load('a'))?.blob).toBeUndefined();
  });
});
