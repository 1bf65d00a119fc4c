import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { budgetOf, type KeyTries, MAX_REMEMBERED, REMEMBERED_MS } from '../auth/password-throttle.ts';
import { replyOf, runScript, stateKey, textsIn } from './state-redis.ts';

/**
 * KEYS: keys that were refused, by when; those of them that were compared. ARGV: digest, now, since when they count, most
 * of them, how long they are kept. Gives when it was refused and whether it was compared; nothing when it is new.
 */
const MEET = `
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[3], 'LIMIT', 0, 1000)
for _, id in ipairs(old) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('SREM', KEYS[2], id)
end
local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
if at then return { at, tostring(redis.call('SISMEMBER', KEYS[2], ARGV[1])) } end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
if redis.call('ZCARD', KEYS[1]) > tonumber(ARGV[4]) then
  redis.call('SREM', KEYS[2], redis.call('ZPOPMIN', KEYS[1])[1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return {}`;

const COMPARED = `
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

const FORGET = `
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('SREM', KEYS[2], ARGV[1])`;

/** Tries of the access key, counted for all replicas together. */
export function createTriesInRedis(redis: Redis): KeyTries {
  const keys = [stateKey('refused-keys'), stateKey('compared-keys')];
  return {
    budget: ({ name, points, seconds }) => {
      const limiter = new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: stateKey('budget', name),
        points,
        duration: seconds,
      });
      const { take, giveBack } = budgetOf(limiter);
      return { take: (key) => replyOf(take(key)), giveBack: (key) => replyOf(giveBack(key)) };
    },
    refusedKeys: {
      meet: async (id) => {
        const now = Date.now();
        const reply = await runScript(redis, MEET, keys, [id, now, now - REMEMBERED_MS, MAX_REMEMBERED, REMEMBERED_MS]);
        const [at, isCompared] = textsIn(reply);
        if (at === undefined) return undefined;
        return { waitedMs: Math.max(0, now - Number(at)), isCompared: isCompared === '1' };
      },
      compared: async (id) => {
        await runScript(redis, COMPARED, keys.slice(1), [id, REMEMBERED_MS]);
      },
      forget: async (id) => {
        await runScript(redis, FORGET, keys, [id]);
      },
    },
  };
}
