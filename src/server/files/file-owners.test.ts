import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AwayError } from '#api/away.ts';
import { API_CLIENTS, type FileOwners } from '#api/files/stores.ts';
import { lacks } from '#testing/server/programs.ts';
import { type RedisServer, startRedis } from '#testing/server/redis-server.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { openSharedState } from '../shared-state/shared-state.ts';
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

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
const clock = { now: () => now, isSettled: () => true };
const onDisk = () => createFileOwners({ dataDir: temporary.dir, clock });

const hasNoRedis = lacks('redis-server');
let redis: RedisServer;
async function inRedis(): Promise<FileOwners> {
  const state = openSharedState({ url: redis.url, clock });
  closing.push(() => state.close());
  return state.owners;
}
/** Asks the test's own Redis, which is empty at the beginning of a test. */
async function askRedis<T>(ask: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redis.url);
  return ask(client).finally(() => client.disconnect());
}
beforeAll(async () => {
  if (!hasNoRedis) redis = await startRedis();
});
afterAll(() => redis?.close());
beforeEach(async () => {
  if (!hasNoRedis) await askRedis((client) => client.flushall());
});

const sessionEnding = (at: number, digit: string) => `${at}.${digit.repeat(32)}`;
const put = async (text: string) => {
  const name = await store.put(Buffer.from(text), 'jpg');
  if (!name.ok) throw new Error(name.error);
  return name.value;
};
const release = (owners: FileOwners, session: string) => owners.release(session, store.removeUnless);
const files = () => readdir(path.join(temporary.dir, 'files'));

describe.each([
  ['on a disk', onDisk],
  ['in Redis', inRedis],
] as const)('who refers to which files, noted %s', (kind, replica) => {
  if (kind === 'in Redis' && hasNoRedis) return test.skip('this machine has no redis-server', () => {});

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

describe('owners on a disk', () => {
  test('are folders, which go with their session', async () => {
    const owners = await onDisk();
    const short = sessionEnding(now + HOUR, 'b');
    await owners.note(short, [await put('one')]);
    await owners.note(API_CLIENTS, [await put('two')]);
    now += 2 * HOUR;
    await onDisk();
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
});

describe.skipIf(hasNoRedis)('owners in Redis', () => {
  const keys = () => askRedis((client) => client.keys('*'));

  test('leave nothing that has no end, and nothing at all of a session that is over or forgotten', async () => {
    const owners = await inRedis();
    const [mine, gone] = [sessionEnding(now + HOUR, 'a'), sessionEnding(now - 1, 'b')];
    const name = await put('mine');
    await owners.note(gone, [name]);
    expect((await keys()).filter((key) => key.includes('-of'))).toEqual([]);
    await owners.note(mine, [name]);
    await owners.note(API_CLIENTS, [name]);
    const noted = (await keys()).filter((key) => key.includes('-of'));
    expect(noted).toHaveLength(2);
    for (const key of noted) {
      expect(key).toMatch(/^\{facebound\}:state:1:/);
      expect(await askRedis((client) => client.pttl(key))).toBeGreaterThan(0);
    }
    await owners.forget(mine);
    expect((await keys()).filter((key) => key.includes(mine))).toEqual([]);
    expect(await release(owners, mine)).toEqual({ removed: [], kept: [] });
  });

  test('give a removal that broke off to whoever tries again, on any replica, with all of its files', async () => {
    const [one, other] = [await inRedis(), await inRedis()];
    const mine = sessionEnding(now + HOUR, 'a');
    const names = [await put('one'), await put('two')];
    await one.note(mine, names);
    // As when the process ends: nobody puts the claims back.
    void one.release(mine, () => new Promise(() => {})).catch(() => {});
    await expect.poll(async () => (await keys()).some((key) => key.includes('leaving'))).toBe(true);
    expect([...(await release(other, mine)).removed].sort()).toEqual([...names].sort());
    expect((await keys()).filter((key) => key.includes(mine))).toEqual([]);
  });

  test('take back thousands of claims at once, and leave those of others', async () => {
    const owners = await inRedis();
    const [mine, yours] = [sessionEnding(now + HOUR, 'a'), sessionEnding(now + HOUR, 'b')];
    const names = Array.from({ length: 5000 }, (_, index) => `${index.toString(16).padStart(64, '0')}.jpg`);
    await owners.note(mine, names);
    await owners.note(yours, names.slice(0, 10));
    const released = await owners.release(mine, async (keys, others) => ({ keys, others: await others() }));
    expect([released.keys.length, [...released.others].sort()]).toEqual([5000, names.slice(0, 10)]);
  });

  test('give nothing that is no name of ours, whoever wrote it there', async () => {
    const owners = await inRedis();
    const mine = sessionEnding(now + HOUR, 'a');
    const name = await put('mine');
    await owners.note(mine, [name]);
    await askRedis((client) => client.sadd(`{facebound}:state:1:files-of:${mine}`, '../secret', 'x', '@..'));
    expect(await release(owners, mine)).toEqual({ removed: [name], kept: [] });
  });

  test('cannot be told while Redis is away, and are what they were when it is back', async () => {
    const own = await startRedis({ appendOnly: true });
    closing.push(() => own.close());
    const state = openSharedState({ url: own.url, clock });
    closing.push(() => state.close());
    const mine = sessionEnding(now + HOUR, 'a');
    const name = await put('mine');
    await state.owners.note(mine, [name]);
    await own.kill();
    await expect(state.owners.note(mine, [name])).rejects.toThrow(AwayError);
    await expect(release(state.owners, mine)).rejects.toThrow(AwayError);
    await own.restart();
    expect(await release(state.owners, mine)).toEqual({ removed: [name], kept: [] });
  });
});
