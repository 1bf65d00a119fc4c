import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test } from 'vitest';
import { createPageDatabase, type PageDatabase } from '#page/platform/page-database.ts';
import { createCheckStorage } from './check-storage.ts';
import type { CheckRecord } from './model/verdict.ts';

const opened: { database: PageDatabase; name: string }[] = [];
afterEach(async () => {
  for (const { database, name } of opened.splice(0)) {
    await database.close();
    await deleteDB(name);
  }
});

function storage(name = `test-${crypto.randomUUID()}`) {
  const database = createPageDatabase({ name, former: `${name}-former` });
  opened.push({ database, name });
  return { checks: createCheckStorage(database), database, name };
}

const MINE = 'a'.repeat(32);
const ANNA = 'b'.repeat(32);
const digest = (letter: string) => letter.repeat(64);

const record = (file: string, more: Partial<CheckRecord> = {}): CheckRecord => ({
  set: MINE,
  file: digest(file),
  sent: digest('f'),
  engine: 'embedded',
  version: '0.1.0',
  name: `${file}.jpg`,
  size: { width: 100, height: 80 },
  faces: [{ faceNo: 1, bound: { x: 1, y: 2, width: 3, height: 4 }, verdict: { kind: 'right' } }],
  missed: [],
  note: '',
  done: false,
  changedAt: 1,
  ...more,
});

describe('what was checked', () => {
  test('is found by the file as it was handed over, and by what was sent', async () => {
    const { checks } = storage();
    await checks.write([record('1'), record('2', { sent: digest('e') })], []);
    expect((await checks.about([digest('1')])).map(({ name }) => name)).toEqual(['1.jpg']);
    expect((await checks.about([digest('e')])).map(({ name }) => name)).toEqual(['2.jpg']);
    expect(await checks.about([digest('1'), digest('f')])).toHaveLength(1);
    expect(await checks.about([digest('9')])).toEqual([]);
  });

  test('is replaced by what is said later, and gone when nothing is left', async () => {
    const { checks } = storage();
    await checks.write([record('1')], []);
    await checks.write([record('1', { note: 'blurred' })], []);
    expect(await checks.about([digest('1')])).toMatchObject([{ note: 'blurred' }]);
    await checks.write([], [`${MINE} ${digest('1')} embedded`]);
    expect(await checks.about([digest('1')])).toEqual([]);
  });

  test('is of one set for all tabs of a browser', async () => {
    const { checks, name } = storage();
    const other = storage(name).checks;
    const [here, there] = await Promise.all([checks.sets(MINE), other.sets(ANNA)]);
    expect(there.map(({ id }) => id)).toEqual(here.map(({ id }) => id));
    expect(here).toMatchObject([{ isOwn: true, reviewer: '' }]);
  });

  test('of somebody else comes beside it and overwrites nothing', async () => {
    const { checks } = storage();
    await checks.sets(MINE);
    await checks.write([record('1')], []);
    const file = {
      sets: [{ id: ANNA, reviewer: 'Anna' }],
      records: [record('1', { set: ANNA, note: 'hers' }), record('1')],
    };
    expect(await checks.adopt(file, MINE, 'c'.repeat(32))).toBe(1);
    expect(await checks.adopt(file, MINE, 'd'.repeat(32)), 'opened once more').toBe(0);
    expect((await checks.about([digest('1')])).map(({ set, note }) => [set, note])).toEqual([
      [MINE, ''],
      [ANNA, 'hers'],
    ]);
    expect(await checks.count()).toEqual({ pictures: 1, verdicts: 2 });
    expect((await checks.everything()).sets).toHaveLength(2);
    await checks.clear();
    expect(await checks.count()).toEqual({ pictures: 0, verdicts: 0 });
  });

  test('that cannot be read is left out and left alone', async () => {
    const { checks, database } = storage();
    const db = await database.open();
    await db.put('checks', { key: 'odd', digests: [digest('1')], faces: 'many' });
    expect(await checks.about([digest('1')])).toEqual([]);
    expect(await db.count('checks')).toBe(1);
  });
});

test('a database of the layout before keeps what is in it and can hold checks', async () => {
  const { checks, database, name } = storage();
  const before = await openDB(name, 2, {
    upgrade: (db) => {
      db.createObjectStore('generations', { keyPath: 'id' });
      db.createObjectStore('pictures', { keyPath: 'key' });
      db.createObjectStore('answers', { keyPath: 'id' }).createIndex('picture', 'picture');
      db.createObjectStore('blobs');
      db.createObjectStore('leases', { keyPath: ['work', 'picture'] }).createIndex('work', 'work');
    },
  });
  await before.put('generations', { id: 'paid' });
  await before.put('pictures', { key: 'a picture' });
  before.close();
  await checks.write([record('1')], []);
  expect(await checks.about([digest('1')])).toHaveLength(1);
  const db = await database.open();
  expect(await db.getAll('generations')).toEqual([{ id: 'paid' }]);
  expect(await db.getAll('pictures')).toEqual([{ key: 'a picture' }]);
});
