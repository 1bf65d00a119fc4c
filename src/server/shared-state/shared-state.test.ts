import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPasswordThrottle } from '#server/auth/password-throttle.ts';
import { lacks } from '#testing/server/programs.ts';
import { startRedis } from '#testing/server/redis-server.ts';
import { openSharedState } from './shared-state.ts';

const KEY = 'a key of twenty characters';
const PASSWORD = 'hunter2&more';
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  vi.useRealTimers();
});

async function twoReplicas() {
  const redis = await startRedis({ password: PASSWORD });
  closing.push(() => redis.close());
  const log: string[] = [];
  const note = (message: string, fields?: unknown) => log.push(JSON.stringify([message, fields]));
  const open = () => {
    const state = openSharedState({ url: redis.url, clock: { now: Date.now }, logger: { warn: note, info: note } });
    closing.push(() => state.close());
    return state;
  };
  return { redis, states: [open(), open()] as const, log };
}

describe.skipIf(lacks('redis-server'))('what replicas know together', () => {
  const stays = new AbortController().signal;
  const digestKey = Buffer.alloc(32, 3);
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  const gatesOf = (states: Awaited<ReturnType<typeof twoReplicas>>['states']) =>
    states.map(({ tries }) => {
      const gate = createPasswordThrottle({ key: KEY, tries, digestKey, wait: async () => {} });
      return async (key: string, network = 'here') => (await gate.check(key, network, stays)).kind;
    });

  test('is how many wrong keys came, whichever replica they came to', async () => {
    const { states } = await twoReplicas();
    const gates = gatesOf(states);
    const verdicts = await Promise.all(
      Array.from({ length: 30 }, (_, index) => gates[index % 2]?.(`wrong ${index}`) ?? 'none'),
    );
    expect(verdicts.filter((verdict) => verdict === 'wrong')).toHaveLength(10);
    for (const check of gates) {
      expect([await check('another'), await check(KEY, 'elsewhere')]).toEqual(['busy', 'right']);
    }
  });

  test('is which keys were refused unread, so that the right one passes at another replica', async () => {
    const { states } = await twoReplicas();
    const [one, other] = gatesOf(states);
    if (one === undefined || other === undefined) throw new Error('There are two');
    await Promise.all(Array.from({ length: 12 }, (_, index) => one(`wrong ${index}`)));
    expect([await one(KEY), await one('a guess')]).toEqual(['busy', 'busy']);
    vi.setSystemTime(Date.now() + 5_000);
    expect([await other('a guess'), await one('a guess'), await other(KEY)]).toEqual(['wrong', 'busy', 'right']);
  });

  test('is which paid requests were sent on', async () => {
    const { states } = await twoReplicas();
    const [one, other] = states;
    const id = 'a'.repeat(32);
    expect([await one.paidOnce.claim(id), await other.paidOnce.claim(id)]).toEqual([true, false]);
    expect([await one.paidOnce.claim('../x'), await other.paidOnce.claim('../x')]).toEqual([true, true]);
    const two = await Promise.all(states.map(({ paidOnce }) => paidOnce.claim('b'.repeat(32))));
    expect(two.toSorted()).toEqual([false, true]);
  });

  test('cannot be told while Redis is away, and no word of it holds the password', async () => {
    vi.useRealTimers();
    const { redis, states, log } = await twoReplicas();
    const [check] = gatesOf(states);
    expect(await check?.('wrong')).toBe('wrong');
    await redis.kill();
    const troubles = await Promise.all([
      check?.(KEY).catch((error: unknown) => error),
      states[1].paidOnce.claim('c'.repeat(32)).catch((error: unknown) => error),
    ]);
    for (const trouble of troubles) expect(trouble).toMatchObject({ name: 'AwayError', what: 'shared-state' });
    expect(`${log.join()} ${troubles.join()}`).not.toContain('hunter2');
    await redis.restart();
    await expect.poll(() => check?.(KEY)).toBe('right');
  });
});
