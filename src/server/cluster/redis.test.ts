import { afterEach, describe, expect, test } from 'vitest';
import type { LogFields } from '#server/log.ts';
import { lacks } from '#testing/server/programs.ts';
import { startRedis } from '#testing/server/redis-server.ts';
import { connectRedis } from './redis.ts';
import { maskedRedisUrl, redisErrorText, redisSecrets } from './redis-address.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

test('an address is shown without its password, and so is an error that repeats it', () => {
  expect(maskedRedisUrl('rediss://queue:p%40ss@cache.lan:6380/2')).toBe('rediss://queue:…@cache.lan:6380/2');
  expect(maskedRedisUrl('redis://cache.lan')).toBe('redis://cache.lan');
  expect(maskedRedisUrl('no address')).toBe('…');
  const url = 'redis://:p%40ss@cache.lan';
  expect(redisErrorText(new Error('AUTH p@ss (p%40ss) was refused'), url)).toMatch(/AUTH … \(…\) was refused/);
  expect(redisSecrets(url)).toEqual(['p%40ss', 'p@ss']);
  expect(redisSecrets('redis://cache.lan')).toEqual([]);
});

describe.skipIf(lacks('redis-server'))('a connection to Redis', () => {
  test('takes up again by itself, rejects what nobody answers, and says once that it was away', async () => {
    const server = await startRedis({ appendOnly: true, password: 'a pass@word' });
    closing.push(server.close);
    const said: (readonly [string, LogFields | undefined])[] = [];
    const note = (message: string, fields?: LogFields) => void said.push([message, fields]);
    const redis = connectRedis(server.url, { logger: { warn: note, info: note } });
    closing.push(() => redis.disconnect());
    await redis.set('kept', 'yes');
    await server.kill();
    await expect(redis.get('kept')).rejects.toThrow(/timed out/);
    await server.restart();
    expect(await redis.get('kept')).toBe('yes');
    expect(said.map(([message]) => message)).toEqual(['Redis is away', 'Redis is back']);
    expect(JSON.stringify(said)).not.toMatch(/pass@word|pass%40word/);
  });

  test('says nothing of a password that is wrong but that it is', async () => {
    const server = await startRedis({ password: 'right' });
    closing.push(server.close);
    const said: string[] = [];
    const wrong = new URL(server.url);
    wrong.password = 'wrong-secret';
    const redis = connectRedis(wrong.href, {
      logger: { warn: (message, fields) => void said.push(message, JSON.stringify(fields)), info: () => {} },
    });
    closing.push(() => redis.disconnect());
    await expect(redis.get('kept')).rejects.toThrow();
    expect(said.join(' ')).toMatch(/Redis is away.*WRONGPASS/);
    expect(said.join(' ')).not.toContain('wrong-secret');
  });
});
