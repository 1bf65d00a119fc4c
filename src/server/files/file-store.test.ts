import { randomBytes } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BodyError } from '#api/body.ts';
import { FILE_LIFETIME_MS } from '#contract/limits.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { createFileStore, type FileStore } from './file-store.ts';

const secret = Buffer.alloc(32, 1);
let temporary: Awaited<ReturnType<typeof temporaryDir>>;
const stores: FileStore[] = [];
beforeEach(async () => {
  temporary = await temporaryDir();
});
afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  await temporary.remove();
});

async function openStore(options: { maxBytes?: number; now?: () => number; secret?: Buffer } = {}) {
  const store = await createFileStore({ dataDir: temporary.dir, secret, maxBytes: 10_000_000, ...options });
  stores.push(store);
  return store;
}
const put = async (store: FileStore, bytes: Uint8Array) => {
  const name = await store.put(bytes, 'jpg');
  if (!name.ok) throw new Error(name.error);
  return name.value;
};
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

  test('gives a streamed body the same name as its bytes', async () => {
    const store = await openStore();
    const bytes = randomBytes(3_000_000);
    const spooled = await store.writeTempFile(new Blob([bytes]).stream());
    if (!spooled.ok) throw new Error(spooled.error);
    expect(await store.takeOwnership(spooled.value, 'png')).toBe(`${await store.digest(bytes)}.png`);
    expect(await drafts()).toEqual([]);
  });

  test('leaves nothing behind of a body that breaks off, and says why', async () => {
    const store = await openStore();
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(randomBytes(10));
      },
      pull: (controller) => controller.error(new BodyError('too-large')),
    });
    expect(await store.writeTempFile(broken)).toEqual({ ok: false, error: 'too-large' });
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
