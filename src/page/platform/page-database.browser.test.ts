import { deleteDB, openDB } from 'idb';
import { expect, it } from 'vitest';
import { createPageDatabase } from './page-database.ts';

it('a database of the layout before keeps everything, and gets a place for what lies at Kling', async () => {
  const name = `layout-2-${crypto.randomUUID()}`;
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
  await before.put('pictures', { key: 'file a' });
  // As a tab of the version before has it open: it is asked to close.
  before.addEventListener('versionchange', () => before.close());

  const database = createPageDatabase({ name, former: `${name}-former` });
  const db = await database.open();
  expect(await db.getAllKeys('generations')).toEqual(['paid']);
  expect(await db.getAllKeys('pictures')).toEqual(['file a']);
  await db.put('uploads', { address: 'https://s21-kling.klingai.com/a.jpg', fileName: 'a.jpg' });
  expect(await db.getAllKeys('uploads')).toEqual(['https://s21-kling.klingai.com/a.jpg']);
  // What was paid is not paid again by a page that does not know this layout.
  await expect(openDB(name, 2)).rejects.toThrow(expect.objectContaining({ name: 'VersionError' }));
  await database.close();
  await deleteDB(name);
});
