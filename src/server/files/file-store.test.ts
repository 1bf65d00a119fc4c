import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BodyError } from '#api/body.ts';
import { newUploadName } from '#api/files/stored-name.ts';
import type { FileStore } from '#api/files/stores.ts';
import { FILE_LIFETIME_MS } from '#contract/limits.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { createFileStore, type DiskFileStore } from './file-store.ts';

const secret = Buffer.alloc(32, 1);
let temporary: Awaited<ReturnType<typeof temporaryDir>>;
const stores: DiskFileStore[] = [];
beforeEach(async () => {
  temporary = await temporaryDir();
});
afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  await temporary.remove();
});

async function openStore(
  options: { maxBytes?: number; now?: () => number; isSettled?: () => boolean; secret?: Buffer } = {},
) {
  const { now = Date.now, isSettled = () => true, ...rest } = options;
  const clock = { now, isSettled };
  const store = await createFileStore({ dataDir: temporary.dir, secret, maxBytes: 10_000_000, clock, ...rest });
  stores.push(store);
  return store;
}
const put = async (store: FileStore, bytes: Uint8Array) => {
  const name = await store.put(bytes, 'jpg');
  if (!name.ok) throw new Error(name.error);
  return name.value;
};
async function upload(store: FileStore, bytes: Uint8Array) {
  const spooled = await store.spool(new Blob([new Uint8Array(bytes)]).stream());
  if (!spooled.ok) throw new Error(spooled.error);
  const name = newUploadName('png');
  await store.keepUpload(spooled.value, name);
  return { name, digest: spooled.value.digest };
}
const files = () => readdir(path.join(temporary.dir, 'files'));
const drafts = () => readdir(path.join(temporary.dir, 'drafts'));

describe('the file store', () => {
  test('names files by content and secret', async () => {
    const store = await openStore();
    const bytes = randomBytes(100);
    const name = await put(store, bytes);
    expect(name).toBe(`${await store.digest(bytes)}.jpg`);
    const stranger = await openStore({ secret: Buffer.alloc(32, 2) });
    expect(await stranger.digest(bytes)).not.toBe(await store.digest(bytes));
    expect(await store.read(name)).toEqual(bytes);
  });

  test('keeps a streamed body under the digest of its bytes, and gives them for its public name', async () => {
    const store = await openStore();
    const bytes = randomBytes(3_000_000);
    const { name, digest } = await upload(store, bytes);
    expect(digest).toBe(await store.digest(bytes));
    expect(name).not.toContain(digest);
    expect(await drafts()).toEqual([]);
    expect(await readdir(path.join(temporary.dir, 'uploads'))).toEqual([`${digest}.png`]);
    const used = await store.use(name);
    expect(used?.digest).toBe(digest);
    expect(bytes.equals((await used?.load()) ?? new Uint8Array())).toBe(true);
    // The digest is no address.
    expect(await store.open(`${digest}.png`)).toBeUndefined();
    expect(await store.use(`${digest}.png`)).toBeUndefined();
  });

  test('never keeps a public name longer than what it leads to, whatever is renewed', async () => {
    // Before anything that is put here, which the disk dates by itself.
    let now = Date.now() - 3_600_000;
    const store = await openStore({ maxBytes: 100_000, now: () => now });
    const bytes = randomBytes(1000);
    const names: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      now += 1000;
      names.push((await upload(store, bytes)).name);
    }
    now += 1000;
    await store.use(names[0] ?? '');
    const namesLeft = async () => {
      const left = await readdir(path.join(temporary.dir, 'names'));
      return names.filter((name) => left.includes(name)).map((name) => names.indexOf(name));
    };
    expect(await namesLeft()).toEqual([0, 1, 2]);
    // Crops push the oldest out one by one.
    for (let count = 0; (await namesLeft()).length > 0; count += 1) {
      expect(await readdir(path.join(temporary.dir, 'uploads'))).toHaveLength(1);
      await put(store, randomBytes(4000));
      expect(count).toBeLessThan(100);
    }
  });

  test('takes nothing for a file that is a symbolic link, a folder or a pipe', async () => {
    const store = await openStore();
    const [link, folder, pipe, real] = ['a', 'b', 'c', 'd'].map((digit) => `${digit.repeat(64)}.jpg`);
    const at = (name = '') => path.join(temporary.dir, 'files', name);
    await writeFile(at(real), 'a picture');
    await symlink(at(real), at(link));
    await mkdir(at(folder));
    execFileSync('mkfifo', [at(pipe)]);
    for (const name of [link, folder, pipe]) {
      expect(await store.open(name ?? '')).toBeUndefined();
      expect(await store.read(name ?? '')).toBeUndefined();
      expect(await store.use(name ?? '')).toBeUndefined();
      expect(await store.renew([name ?? ''])).toBe(false);
    }
    expect(await store.read(real ?? '')).toEqual(Buffer.from('a picture'));
  });

  test('a sweep deletes nothing while the clock cannot be believed, and what is asked for is not over', async () => {
    let now = Date.now();
    let isSettled = true;
    const store = await openStore({ maxBytes: 100_000, now: () => now, isSettled: () => isSettled });
    const { name } = await upload(store, randomBytes(10));
    const crop = await put(store, randomBytes(10));
    await writeFile(path.join(temporary.dir, 'drafts', 'draft'), 'x');
    now += 8 * 24 * 60 * 60 * 1000;
    isSettled = false;
    await store.sweep();
    expect([await store.read(crop), await drafts()]).toEqual([expect.anything(), ['draft']]);
    const file = await store.open(name);
    expect(file?.size).toBe(10);
    await file?.body.cancel();
    isSettled = true;
    await store.sweep();
    expect([await store.read(crop), await store.open(name), await drafts()]).toEqual([undefined, undefined, []]);
  });

  test('is damaged what has another size than it was written with, or none', async () => {
    const store = await openStore();
    const name = await put(store, randomBytes(100));
    const file = path.join(temporary.dir, 'files', name);
    expect([await store.renew([name]), await store.renew([name], new Map([[name, 100]]))]).toEqual([true, true]);
    await truncate(file, 99);
    expect([await store.renew([name]), await store.renew([name], new Map([[name, 100]]))]).toEqual([true, false]);
    await truncate(file, 0);
    expect(await store.renew([name])).toBe(false);
  });

  test('leaves nothing behind of a body that breaks off, and says why', async () => {
    const store = await openStore();
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(randomBytes(10));
      },
      pull: (controller) => controller.error(new BodyError('too-large')),
    });
    expect(await store.spool(broken)).toEqual({ ok: false, error: 'too-large' });
    expect(await drafts()).toEqual([]);
  });

  test.each([
    '../secret',
    '..%2fsecret',
    '/etc/passwd',
    'x',
    `${'a'.repeat(64)}.svg`,
    `${'A'.repeat(64)}.jpg`,
    `${'a'.repeat(64)}.jpg/..`,
    `\0${'a'.repeat(63)}.jpg`,
  ])('knows no file by the name %j', async (name) => {
    const store = await openStore();
    await writeFile(path.join(temporary.dir, 'secret'), 'x');
    expect(await store.read(name)).toBeUndefined();
    expect(await store.open(name)).toBeUndefined();
    expect(await store.renew([name])).toBe(false);
  });

  test('keeps files for seven days from their last use', async () => {
    let now = Date.now();
    const store = await openStore({ now: () => now });
    const [used, unused] = [await put(store, randomBytes(10)), await put(store, randomBytes(10))];
    now += FILE_LIFETIME_MS - 1000;
    expect(await store.renew([used])).toBe(true);
    now += 2000;
    expect(await store.read(unused)).toBeUndefined();
    expect(await store.renew([unused])).toBe(false);
    expect(await store.read(used)).toHaveLength(10);
    await store.sweep();
    expect(await files()).toEqual([used]);
  });

  test('removes the oldest beyond the cap', async () => {
    const store = await openStore({ maxBytes: 1000 });
    const names: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      const name = await put(store, randomBytes(100));
      // A second apart: a file system's clock may be coarser than this loop is quick.
      await utimes(path.join(temporary.dir, 'files', name), 1e9 + count, Date.now() / 1000 - 60 + count);
      names.push(name);
    }
    const kept = await files();
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept).toEqual(expect.arrayContaining(names.slice(3)));
    expect(kept).not.toContain(names[0]);
  });

  test('removes unfinished files after an hour', async () => {
    const store = await openStore();
    const old = path.join(temporary.dir, 'drafts', 'old');
    await writeFile(old, 'x');
    await writeFile(path.join(temporary.dir, 'drafts', 'new'), 'x');
    await utimes(old, 1, 1);
    await store.sweep();
    expect(await drafts()).toEqual(['new']);
  });

  test('serves two replicas on one directory that write and remove at once', async () => {
    const [one, other] = [await openStore({ maxBytes: 20_000 }), await openStore({ maxBytes: 20_000 })];
    const shared = randomBytes(500);
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const store = index % 2 === 0 ? one : other;
        await put(store, randomBytes(500));
        await put(store, shared);
        if (index % 10 === 0) await store.sweep();
      }),
    );
    await Promise.all([one.sweep(), other.sweep()]);
    expect((await files()).length * 500).toBeLessThanOrEqual(20_000);
    const name = await put(one, shared);
    expect(await other.read(name)).toEqual(shared);
  });
});
