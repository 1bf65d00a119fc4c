import { randomBytes } from 'node:crypto';
import { readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BodyError } from '#api/body.ts';
import { newUploadName, publicNameKey, readStoredKey, type StoredKey, uploadBytesKey } from '#api/files/stored-name.ts';
import type { FileStore, StoredFile } from '#api/files/stores.ts';
import { FILE_LIFETIME_MS } from '#contract/limits.ts';
import { createMemoryFiles } from '#testing/api/memory-stores.ts';
import { type S3Server, startS3 } from '#testing/server/s3-server.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { createFileStore } from './file-store.ts';
import { createS3Client } from './s3/s3-client.ts';
import { createS3FileStore } from './s3/s3-file-store.ts';

/**
 * One suite for everything that keeps files: on a disk, in memory, in an object store. Whoever uses one must not be able
 * to tell which it is.
 */

const HOUR_MS = 60 * 60 * 1000;
const secret = Buffer.alloc(32, 1);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Where a store keeps what it keeps, for whoever damages it or lets time pass; undefined for one in memory. */
type Place = { fileOf(key: StoredKey): string };
/** A store, as another replica has it, and its place. */
type Kept = { readonly store: FileStore; readonly other: FileStore; readonly place: Place | undefined };

const placeBelow = (fileOf: (relative: string) => string): Place => ({
  fileOf: (key) => {
    const stored = readStoredKey(key);
    if (stored === undefined) throw new Error('Not a key of a store');
    return fileOf(`${stored.place}/${stored.name}`);
  },
});

async function diskStore() {
  const temporary = await temporaryDir();
  const store = await createFileStore({ dataDir: temporary.dir, secret, maxBytes: 100_000_000 });
  closing.push(temporary.remove, () => store.close());
  return { store, dir: temporary.dir };
}

async function onDisk(): Promise<Kept> {
  const { store, dir } = await diskStore();
  const other = await createFileStore({ dataDir: dir, secret, maxBytes: 100_000_000 });
  closing.push(() => other.close());
  return { store, other, place: placeBelow((relative) => path.join(dir, relative)) };
}

async function inMemory(): Promise<Kept> {
  const store = createMemoryFiles();
  return { store, other: store, place: undefined };
}

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.close());

async function inObjectStore(): Promise<Kept> {
  const replica = async () => {
    const client = createS3Client({
      endpoint: s3.endpoint,
      bucket: s3.bucket,
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    });
    const store = createS3FileStore({ client, drafts: (await diskStore()).store });
    closing.push(() => store.close());
    return store;
  };
  return { store: await replica(), other: await replica(), place: placeBelow(s3.fileOf) };
}

const streamOf = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream();
const put = async (store: FileStore, bytes: Uint8Array, kind: 'jpg' | 'json' | 'bin' = 'jpg', digest?: string) => {
  const name = await store.put(bytes, kind, digest);
  if (!name.ok) throw new Error(name.error);
  return name.value;
};
async function upload(store: FileStore, bytes: Uint8Array) {
  const spooled = await store.spool(streamOf(bytes));
  if (!spooled.ok) throw new Error(spooled.error);
  const name = newUploadName('png');
  const { digest } = spooled.value;
  await store.keepUpload(spooled.value, name);
  return { name, digest, keys: [publicNameKey(name), uploadBytesKey(`${digest}.png`)] };
}
/** All that is handed out; undefined when nothing is. */
const contentOf = async (file: StoredFile | undefined) =>
  file === undefined ? undefined : Buffer.from(await new Response(file.body).arrayBuffer());
const openBytes = async (store: FileStore, name: string) => contentOf(await store.open(name));
const nobody = async (): Promise<ReadonlySet<StoredKey>> => new Set();

describe.each([
  ['on a disk', onDisk],
  ['in memory', inMemory],
  ['in an object store', inObjectStore],
] as const)('files %s', (kind, start) => {
  test('are named by their content, and read as they were put', async () => {
    const { store, other } = await start();
    const bytes = randomBytes(100);
    const name = await put(store, bytes);
    expect(name).toBe(`${await store.digest(bytes)}.jpg`);
    expect(Buffer.from((await other.read(name)) ?? [])).toEqual(bytes);
    expect(await openBytes(other, name)).toEqual(bytes);
    const answer = await put(store, Buffer.from('{}'), 'json', 'a'.repeat(64));
    expect(answer).toBe(`${'a'.repeat(64)}.json`);
    expect(Buffer.from((await other.read(answer)) ?? []).toString()).toBe('{}');
  });

  test('that are uploaded lie under the digest of their bytes, and are given for their public name alone', async () => {
    const { store, other } = await start();
    const bytes = randomBytes(3_000_000);
    const { name, digest } = await upload(store, bytes);
    expect(digest).toBe(await store.digest(bytes));
    expect(name).not.toContain(digest);
    const file = await other.open(name);
    expect(file?.size).toBe(bytes.byteLength);
    expect(bytes.equals((await contentOf(file)) ?? Buffer.alloc(0))).toBe(true);
    const used = await other.use(name);
    expect(used?.digest).toBe(digest);
    expect(bytes.equals((await used?.load()) ?? Buffer.alloc(0))).toBe(true);
    for (const wrong of [`${digest}.png`, `${digest}.jpg`]) {
      expect([await store.open(wrong), await store.use(wrong), await store.read(wrong)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  test('are read by the keys of their bytes in any process, and by nothing else', async () => {
    const { store, other } = await start();
    const bytes = randomBytes(1000);
    const { name, digest } = await upload(store, bytes);
    const key = (await store.use(name))?.key ?? '';
    expect(key).toBe(uploadBytesKey(`${digest}.png`));
    expect(Buffer.from((await other.read(key)) ?? [])).toEqual(bytes);
    const lent = await put(store, bytes, 'bin', 'd'.repeat(64));
    expect(Buffer.from((await other.read(lent)) ?? [])).toEqual(bytes);
    for (const wrong of [publicNameKey(name), name, `=${name}`]) expect(await other.read(wrong)).toBeUndefined();
    expect(await store.removeUnless([lent], nobody)).toEqual({ removed: [lent], kept: [] });
    expect(await other.read(lent)).toBeUndefined();
  });

  test('can be given up in the middle', async () => {
    const { store } = await start();
    const { name } = await upload(store, randomBytes(3_000_000));
    const file = await store.open(name);
    const reader = file?.body.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
    expect((await openBytes(store, name))?.byteLength).toBe(3_000_000);
  });

  test('that were spooled can be read before they have a name, and go when they are discarded', async () => {
    const { store } = await start();
    const bytes = randomBytes(70_000);
    const spooled = await store.spool(streamOf(bytes));
    if (!spooled.ok) throw new Error(spooled.error);
    expect([spooled.value.size, spooled.value.digest]).toEqual([70_000, await store.digest(bytes)]);
    expect(bytes.equals((await spooled.value.read()) ?? Buffer.alloc(0))).toBe(true);
    expect(bytes.equals((await contentOf(await spooled.value.open())) ?? Buffer.alloc(0))).toBe(true);
    await spooled.value.discard();
    await spooled.value.discard();
  });

  test('of a body that breaks off are none, and it is said why', async () => {
    const { store } = await start();
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(randomBytes(10)),
      pull: (controller) => controller.error(new BodyError('too-large')),
    });
    expect(await store.spool(broken)).toEqual({ ok: false, error: 'too-large' });
  });

  test('that are equal have names of their own: a wipe ends one, and what another refers to stays', async () => {
    const { store, other } = await start();
    const bytes = randomBytes(1000);
    const [mine, theirs] = [await upload(store, bytes), await upload(other, bytes)];
    const wiped = await store.removeUnless(mine.keys, async () => new Set(theirs.keys));
    expect(wiped).toEqual({ removed: [mine.keys[0]], kept: [mine.keys[1]] });
    for (const replica of [store, other]) {
      expect([await replica.open(mine.name), await replica.use(mine.name)]).toEqual([undefined, undefined]);
    }
    expect(await openBytes(other, theirs.name)).toEqual(bytes);
  });

  test('that nobody else refers to are gone after a wipe, and their name stays ended when they come back', async () => {
    const { store } = await start();
    const bytes = randomBytes(1000);
    const first = await upload(store, bytes);
    const crop = await put(store, randomBytes(50));
    const wiped = await store.removeUnless([...first.keys, crop], nobody);
    expect([[...wiped.removed].sort(), wiped.kept]).toEqual([[...first.keys, crop].sort(), []]);
    expect([await store.open(first.name), await store.read(crop), await store.open(crop)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const again = await upload(store, bytes);
    expect(await store.open(first.name)).toBeUndefined();
    expect(await openBytes(store, again.name)).toEqual(bytes);
  });

  test('are put back when somebody begins to refer to them during a wipe', async () => {
    const { store } = await start();
    const [one, two] = [await put(store, Buffer.from('one')), await put(store, Buffer.from('two'))];
    let asked = 0;
    const wiped = await store.removeUnless([one, two], async () => {
      asked += 1;
      return new Set(asked === 1 && kind !== 'in memory' ? [] : [two]);
    });
    expect(wiped).toEqual({ removed: [one], kept: [two] });
    expect([await store.read(one), Buffer.from((await store.read(two)) ?? []).toString()]).toEqual([undefined, 'two']);
  });

  test.skipIf(kind === 'in memory')('are where they were when a wipe cannot tell what others refer to', async () => {
    const { store } = await start();
    const { name, keys } = await upload(store, Buffer.from('a picture'));
    let asked = 0;
    const wiping = store.removeUnless(keys, async () => {
      asked += 1;
      if (asked === 2) throw new Error('nobody knows');
      return new Set();
    });
    await expect(wiping).rejects.toThrow('nobody knows');
    expect((await openBytes(store, name))?.toString()).toBe('a picture');
  });

  test('that are not there are not removed, whatever the keys are', async () => {
    const { store } = await start();
    const keys = [`${'b'.repeat(64)}.jpg`, `@${'b'.repeat(64)}.jpg`, '../secret', '@../secret', ''];
    if (kind !== 'in memory') expect((await store.removeUnless(keys, nobody)).removed).toEqual([]);
  });

  test.each([
    '../secret',
    '..%2fsecret',
    '/etc/passwd',
    'x',
    '',
    `${'a'.repeat(64)}.svg`,
    `${'A'.repeat(64)}.jpg`,
    `${'a'.repeat(64)}.jpg/..`,
    `${'a'.repeat(64)}.jpg?versions`,
    `\0${'a'.repeat(63)}.jpg`,
  ])('have no such name: %j', async (name) => {
    const { store } = await start();
    expect([await store.read(name), await store.open(name), await store.use(name)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await store.renew([name])).toBe(false);
  });

  test('are renewed together, or not at all when one is gone or of another size', async () => {
    const { store } = await start();
    const names = await Promise.all(
      Array.from({ length: 40 }, (_, index) => put(store, Buffer.alloc(index + 1, index))),
    );
    const sizes = new Map(names.map((name, index) => [name, index + 1]));
    expect([await store.renew(names), await store.renew(names, sizes), await store.renew([])]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await store.renew(names, new Map([[names[7] ?? '', 3]]))).toBe(false);
    expect(await store.renew([...names, `${'c'.repeat(64)}.jpg`])).toBe(false);
  });

  describe.skipIf(kind === 'in memory')('that somebody touched where they lie', () => {
    const started = async () => {
      const { place, ...kept } = await start();
      if (place === undefined) throw new Error('It has no place');
      const age = async (key: StoredKey, ms: number) => {
        const at = (Date.now() - ms) / 1000;
        await utimes(place.fileOf(key), at, at);
      };
      return { ...kept, fileOf: place.fileOf, age };
    };

    test('end seven days after their last use, names and bytes alike', async () => {
      const { store, age } = await started();
      const [used, unused] = [await upload(store, randomBytes(10)), await upload(store, randomBytes(20))];
      const [usedCrop, unusedCrop] = [await put(store, randomBytes(10)), await put(store, randomBytes(20))];
      for (const key of [...used.keys, ...unused.keys, usedCrop, unusedCrop])
        await age(key, FILE_LIFETIME_MS - HOUR_MS);
      expect(await store.use(used.name)).toBeDefined();
      expect(await store.renew([usedCrop])).toBe(true);
      for (const key of [...unused.keys, unusedCrop]) await age(key, FILE_LIFETIME_MS + 2 * HOUR_MS);
      expect([await store.open(unused.name), await store.use(unused.name)]).toEqual([undefined, undefined]);
      expect([await store.read(unusedCrop), await store.renew([unusedCrop])]).toEqual([undefined, false]);
      expect([await openBytes(store, used.name), await store.read(usedCrop)]).toEqual([
        expect.anything(),
        expect.anything(),
      ]);
    });

    test('are missing once they are gone, and whoever has them anew finds them', async () => {
      const { store, age } = await started();
      const bytes = randomBytes(1000);
      const old = await upload(store, bytes);
      for (const key of old.keys) await age(key, FILE_LIFETIME_MS + 2 * HOUR_MS);
      const fresh = await upload(store, bytes);
      expect(await openBytes(store, fresh.name)).toEqual(bytes);
      expect(await store.open(old.name)).toBeUndefined();
    });

    test.each([
      ['a path', '../../secret\n'],
      ['another kind', `${'a'.repeat(64)}.svg\n`],
      ['two names', `${'a'.repeat(64)}.png\n${'b'.repeat(64)}.png\n`],
      ['nothing', ''],
      ['far too much', 'a'.repeat(1_000_000)],
    ])('lead nowhere when a public name is %s', async (_what, text) => {
      const { store, fileOf } = await started();
      const { name } = await upload(store, randomBytes(10));
      await writeFile(fileOf(publicNameKey(name)), text);
      expect([await store.open(name), await store.use(name)]).toEqual([undefined, undefined]);
    });

    test('are damaged when they have another size than they were written with, or none', async () => {
      const { store, fileOf } = await started();
      const name = await put(store, randomBytes(100));
      const sizes = new Map([[name, 100]]);
      expect([await store.renew([name]), await store.renew([name], sizes)]).toEqual([true, true]);
      await truncate(fileOf(name), 99);
      expect([await store.renew([name]), await store.renew([name], sizes)]).toEqual([true, false]);
      await truncate(fileOf(name), 0);
      expect(await store.renew([name])).toBe(false);
    });

    test('are what the disk of another server has, copied as it is, under the same secret', async () => {
      const { store, fileOf } = await started();
      const before = await onDisk();
      const bytes = randomBytes(2000);
      const [uploaded, crop] = [await upload(before.store, bytes), await put(before.store, randomBytes(99))];
      for (const key of [...uploaded.keys, crop]) {
        await writeFile(fileOf(key), await readFile(before.place?.fileOf(key) ?? ''));
      }
      expect(await openBytes(store, uploaded.name)).toEqual(bytes);
      expect((await store.use(uploaded.name))?.digest).toBe(uploaded.digest);
      expect(await store.read(crop)).toHaveLength(99);
      expect(await store.digest(bytes)).toBe(uploaded.digest);
    });
  });

  test('are written, shared and wiped by two replicas at once', async () => {
    const { store, other } = await start();
    const shared = randomBytes(5000);
    await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const replica = index % 2 === 0 ? store : other;
        const mine = await upload(replica, shared);
        const crop = await put(replica, randomBytes(100));
        expect(await replica.open(mine.name).then(contentOf)).toEqual(shared);
        await replica.removeUnless([mine.keys[0] ?? '', crop], nobody);
        expect(await replica.open(mine.name)).toBeUndefined();
      }),
    );
  });
});
