import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_CLIENTS, type FileOwners } from '#api/files/stores.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { createFileOwners } from './file-owners.ts';
import { createFileStore, type DiskFileStore } from './file-store.ts';

const HOUR = 60 * 60 * 1000;
const secret = Buffer.alloc(32, 1);
let temporary: Awaited<ReturnType<typeof temporaryDir>>;
let store: DiskFileStore;
let now = Date.now();
beforeEach(async () => {
  now = Date.now();
  temporary = await temporaryDir();
  store = await createFileStore({ dataDir: temporary.dir, secret, maxBytes: 10_000_000 });
});
afterEach(async () => {
  store.close();
  await temporary.remove();
});

const replica = () => createFileOwners({ dataDir: temporary.dir, clock: { now: () => now, isSettled: () => true } });
const sessionEnding = (at: number, digit: string) => `${at}.${digit.repeat(32)}`;
const put = async (text: string) => {
  const name = await store.put(Buffer.from(text), 'jpg');
  if (!name.ok) throw new Error(name.error);
  return name.value;
};
const release = (owners: FileOwners, session: string) => owners.release(session, store.removeUnless);
const files = () => readdir(path.join(temporary.dir, 'files'));

describe('who refers to which files', () => {
  test('is known to every replica', async () => {
    const [one, other] = [await replica(), await replica()];
    const [mine, yours] = [sessionEnding(now + HOUR, 'a'), sessionEnding(now + HOUR, 'b')];
    const [alone, shared] = [await put('alone'), await put('shared')];
    await one.note(mine, [alone]);
    await other.note(mine, [shared]);
    await other.note(yours, [shared]);
    expect(await release(one, mine)).toEqual({ removed: [alone], kept: [shared] });
    expect(await files()).toEqual([shared]);
    expect(await release(one, yours)).toEqual({ removed: [shared], kept: [] });
  });

  test('is noted anew after another replica let it go', async () => {
    const [one, other] = [await replica(), await replica()];
    const mine = sessionEnding(now + HOUR, 'a');
    const name = await put('again');
    await one.note(mine, [name]);
    await release(other, mine);
    await put('again');
    await one.note(mine, [name]);
    expect((await release(other, mine)).removed).toEqual([name]);
  });

  test('ends with the session, and programs’ claims last as long as files do', async () => {
    const owners = await replica();
    const [mine, short] = [sessionEnding(now + 9 * HOUR, 'a'), sessionEnding(now + HOUR, 'b')];
    const [one, two] = [await put('one'), await put('two')];
    await owners.note(mine, [one, two]);
    await owners.note(short, [one]);
    await owners.note(API_CLIENTS, [two]);
    now += 2 * HOUR;
    expect(await release(owners, mine)).toEqual({ removed: [one], kept: [two] });
    await replica();
    expect(await readdir(path.join(temporary.dir, 'file-owners'))).toEqual([API_CLIENTS]);
  });

  test('outlasts a clock that jumped ahead', async () => {
    let isSettled = true;
    const clock = { now: () => now, isSettled: () => isSettled };
    const owners = await createFileOwners({ dataDir: temporary.dir, clock });
    const mine = sessionEnding(now + HOUR, 'a');
    const name = await put('mine');
    await owners.note(mine, [name]);
    now += 8 * 24 * HOUR;
    isSettled = false;
    await createFileOwners({ dataDir: temporary.dir, clock });
    await owners.note(sessionEnding(now + HOUR, 'b'), [await put('theirs')]);
    now -= 8 * 24 * HOUR;
    expect((await release(owners, mine)).removed).toEqual([name]);
  });

  test('a file that somebody begins to refer to during the removal is put back', async () => {
    const owners = await replica();
    const mine = sessionEnding(now + HOUR, 'a');
    const name = await put('wanted');
    await owners.note(mine, [name]);
    let asked = 0;
    const outcome = await owners.release(mine, (names) =>
      store.removeUnless(names, async () => {
        asked += 1;
        return new Set(asked === 1 ? [] : [name]);
      }),
    );
    expect(outcome).toEqual({ removed: [], kept: [name] });
    expect(await store.read(name)).toEqual(Buffer.from('wanted'));
    expect(await readdir(path.join(temporary.dir, 'drafts'))).toEqual([]);
  });

  test('takes nothing for a name that is not one', async () => {
    const owners = await replica();
    const mine = sessionEnding(now + HOUR, 'a');
    await owners.note(mine, ['../secret', `${'a'.repeat(64)}.jpg/../x`, 'x\ny']);
    expect(await release(owners, mine)).toEqual({ removed: [], kept: [] });
    await expect(owners.note('../../etc', [])).rejects.toThrow();
    await expect(release(owners, API_CLIENTS)).rejects.toThrow();
  });

  test('survives many notes at once from two replicas', async () => {
    const [one, other] = [await replica(), await replica()];
    const mine = sessionEnding(now + HOUR, 'a');
    const names = await Promise.all(Array.from({ length: 40 }, (_, index) => put(`file ${index}`)));
    await Promise.all(names.map((name, index) => (index % 2 === 0 ? one : other).note(mine, [name])));
    expect([...(await release(one, mine)).removed].sort()).toEqual([...names].sort());
    expect(await files()).toEqual([]);
  });

  test('is noted although it is let go at the same moment', async () => {
    const [one, other] = [await replica(), await replica()];
    const mine = sessionEnding(now + HOUR, 'a');
    const name = await put('again and again');
    const noting = async () => {
      for (let round = 0; round < 60; round += 1) await one.note(mine, [name]);
    };
    const releasing = async () => {
      for (let round = 0; round < 60; round += 1) await other.release(mine, async () => undefined);
    };
    await Promise.all([noting(), noting(), releasing()]);
    await one.note(mine, [name]);
    expect((await release(other, mine)).removed).toEqual([name]);
  });
});
