import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { png } from '#testing/server/pictures.ts';
import { findFiles, picturesAmong } from './find-files.ts';

const never = new AbortController().signal;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'facebound-find-'));
  const put = async (name: string, content: string | Uint8Array = 'x') => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  };
  await put('photos/10.jpg');
  await put('photos/9.jpg');
  await put('photos/sub/deep/a.PNG');
  await put('photos/without-ending', await png(8, 8));
  for (const junk of ['._9.jpg', '.DS_Store', 'Thumbs.db', 'notes.txt', 'sub/@eaDir/a.jpg', '.cache/b.jpg', 'a.xmp']) {
    await put(`photos/${junk}`);
  }
  // Leads back up.
  await symlink('..', path.join(folder, 'photos/sub/up'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const namesOf = async (...typed: string[]) => {
  const found = await findFiles(typed, folder, never);
  if (!found.ok) throw new Error(found.error);
  return (await picturesAmong(found.value)).map(({ name }) => name);
};

test('a folder is searched with all in it, in the order that people count, and without what systems lay there', async () => {
  expect(await namesOf('photos')).toEqual([
    'photos/9.jpg',
    'photos/10.jpg',
    'photos/sub/deep/a.PNG',
    'photos/without-ending',
  ]);
});

test('what is named is taken, whatever it is called, and once', async () => {
  expect(await namesOf('photos/notes.txt', './photos/9.jpg', 'photos/sub/../9.jpg')).toEqual([
    'photos/notes.txt',
    'photos/9.jpg',
  ]);
});

test('a name says nothing of the machine', async () => {
  expect(await namesOf(path.join(folder, 'photos/9.jpg'))).toEqual(['9.jpg']);
});

test('what is not there is said', async () => {
  expect(await findFiles(['photos', 'gone.jpg'], folder, never)).toEqual({ ok: false, error: 'gone.jpg is not there' });
});
