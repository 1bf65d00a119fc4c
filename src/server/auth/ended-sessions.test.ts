import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { AwayError } from '#api/away.ts';
import { lacks } from '#testing/server/programs.ts';
import { startRedis } from '#testing/server/redis-server.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { openSharedState } from '../shared-state/shared-state.ts';
import { createEndedOnDisk, type EndedSessions } from './ended-sessions.ts';
import { createSessions, SESSION_LIFETIME_MS } from './sessions.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const clock = { now: Date.now, isSettled: () => true };
const secret = Buffer.alloc(32, 7);
const sessionsOf = (endedSessions: EndedSessions) =>
  createSessions({ secret, accessKey: undefined, endedSessions, clock });

/** Where replicas note ended sessions, and what keeps it from being asked. */
type Notes = { replica(): Promise<EndedSessions>; takeAway(): Promise<void>; readonly trouble: RegExp };

async function onDisk(): Promise<Notes> {
  const { dir, remove } = await temporaryDir();
  closing.push(remove);
  return {
    replica: () => createEndedOnDisk({ dataDir: dir, clock }),
    takeAway: async () => {
      const folder = path.join(dir, 'ended-sessions');
      await rm(folder, { recursive: true });
      await writeFile(folder, 'no folder any more');
    },
    trouble: /ENOTDIR/,
  };
}

async function redisServer(options: Parameters<typeof startRedis>[0] = {}) {
  const redis = await startRedis(options);
  closing.push(() => redis.close());
  const replica = async () => {
    const state = openSharedState({ url: redis.url, clock });
    closing.push(() => state.close());
    return state.endedSessions;
  };
  return { redis, replica };
}

async function inRedis(): Promise<Notes> {
  const { redis, replica } = await redisServer();
  return { replica, takeAway: () => redis.kill(), trouble: /out of reach/ };
}

const hasNoRedis = lacks('redis-server');

describe.each([
  ['on a disk', onDisk, false],
  ['in Redis', inRedis, hasNoRedis],
] as const)('ended sessions, noted %s', (_kind, start, isSkipped) => {
  test.skipIf(isSkipped)('are over for every replica, and others go on', async () => {
    const { replica } = await start();
    const [one, other] = [sessionsOf(await replica()), sessionsOf(await replica())];
    // A memory that has just begun reaches back to now.
    await one.nameOf(one.open());
    const [mine, yours] = [one.open(), one.open()];
    await one.end(mine);
    for (const sessions of [one, other, sessionsOf(await replica())]) {
      expect([await sessions.nameOf(mine), await sessions.nameOf(yours)]).toEqual([undefined, expect.any(String)]);
    }
  });

  test.skipIf(isSkipped)('are never taken for open while nobody can tell', async () => {
    const { replica, takeAway, trouble } = await start();
    const [one, other] = [sessionsOf(await replica()), sessionsOf(await replica())];
    await one.nameOf(one.open());
    const [ended, open] = [one.open(), one.open()];
    await one.end(ended);
    await takeAway();
    await expect(other.nameOf(ended)).rejects.toThrow(trouble);
    await expect(other.nameOf(open)).rejects.toThrow(trouble);
    // Who ended it knows.
    expect(await one.nameOf(ended)).toBeUndefined();
    await expect(other.end(open)).rejects.toThrow(trouble);
    expect(await other.nameOf(open)).toBeUndefined();
  });
});

describe.skipIf(hasNoRedis)('ended sessions in Redis', () => {
  test('are still over when it comes back with what it knew', async () => {
    const { redis, replica } = await redisServer({ appendOnly: true });
    const [one, other] = [sessionsOf(await replica()), sessionsOf(await replica())];
    await one.nameOf(one.open());
    const [ended, open] = [one.open(), one.open()];
    await one.end(ended);
    await redis.kill();
    await expect(other.nameOf(open)).rejects.toThrow(AwayError);
    await redis.restart();
    expect([await other.nameOf(ended), await other.nameOf(open)]).toEqual([undefined, expect.any(String)]);
  });

  test('are over, as are all others, when it comes back and knows nothing any more', async () => {
    const { redis, replica } = await redisServer();
    let now = Date.now();
    const later = { now: () => now, isSettled: () => true };
    const state = openSharedState({ url: redis.url, clock: later });
    closing.push(() => state.close());
    const sessions = createSessions({ secret, accessKey: undefined, endedSessions: state.endedSessions, clock: later });
    await sessions.nameOf(sessions.open());
    const [ended, open] = [sessions.open(), sessions.open()];
    await sessions.end(ended);
    await redis.restart();
    now += 1000;
    expect([await sessions.nameOf(ended), await sessions.nameOf(open)]).toEqual([undefined, undefined]);
    expect(await sessions.nameOf(sessions.open())).toBeDefined();
    expect(await sessionsOf(await replica()).nameOf(ended)).toBeUndefined();
  });

  test('count those from before there was a cluster, of which nobody here knows', async () => {
    const { replica } = await redisServer();
    const before = Date.now() - 1000;
    const name = `${before + SESSION_LIFETIME_MS}.${'a'.repeat(32)}`;
    const notes = await replica();
    expect(await notes.include({ name, openedAt: before })).toBe(true);
    expect(await notes.include({ name, openedAt: Date.now() + 1000 })).toBe(false);
  });
});
