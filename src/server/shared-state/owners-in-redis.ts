import type { Redis } from 'ioredis';
import { readStoredKey, type StoredKey } from '#api/files/stored-name.ts';
import { API_CLIENTS, type FileOwners } from '#api/files/stores.ts';
import { FILE_LIFETIME_MS } from '#contract/limits.ts';
import { runScript, stateKey, textsIn } from './state-redis.ts';

/** A session's name begins with the time, in milliseconds since 1970, at which it is over. */
const SESSION = /^(\d{13})\.[0-9a-f]{32}$/;
/** Most keys in one call: a script keeps everybody else waiting, and has an end to its arguments. */
const KEYS_AT_ONCE = 1_000;

/*
 * Each owner has a set of what it refers to, and each file a list of its owners by the time at which they cease to count.
 * Both end with the last of them. Times are those of whoever calls, except that Redis tells by its own clock what has
 * ended; it throws nothing away sooner.
 */

/** KEYS: the owner's set. ARGV: owner, until when, how a file's owners begin, whether it has a set, files. */
const NOTE = `
local now = redis.call('TIME')[1] * 1000
for i = 5, #ARGV do
  local owners = ARGV[3] .. ARGV[i]
  redis.call('ZREMRANGEBYSCORE', owners, '-inf', now - 1000)
  redis.call('ZADD', owners, 'GT', ARGV[2], ARGV[1])
  redis.call('PEXPIREAT', owners, redis.call('ZRANGE', owners, -1, -1, 'WITHSCORES')[2])
  if ARGV[4] == 'yes' then redis.call('SADD', KEYS[1], ARGV[i]) end
end
if ARGV[4] == 'yes' then redis.call('PEXPIREAT', KEYS[1], ARGV[2]) end`;

/**
 * KEYS: the session's set, what of it is being removed. ARGV: session, until when, how a file's owners begin. Takes all of
 * its claims back at once, and gives what it referred to, with what a removal that broke off left.
 */
const RELEASE = `
for _, file in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  redis.call('ZREM', ARGV[3] .. file, ARGV[1])
  redis.call('SADD', KEYS[2], file)
end
redis.call('DEL', KEYS[1])
local files = redis.call('SMEMBERS', KEYS[2])
redis.call('PEXPIREAT', KEYS[2], ARGV[2])
return files`;

/** ARGV: session, now, how a file's owners begin, files. Gives those that somebody else refers to. */
const WANTED = `
local wanted = {}
for i = 4, #ARGV do
  local owners = redis.call('ZRANGEBYSCORE', ARGV[3] .. ARGV[i], '(' .. ARGV[2], '+inf', 'LIMIT', 0, 2)
  if (owners[1] and owners[1] ~= ARGV[1]) or owners[2] then wanted[#wanted + 1] = ARGV[i] end
end
return wanted`;

/** Who refers to which files, for all replicas. */
export function createOwnersInRedis(redis: Redis, clock: { readonly now: () => number }): FileOwners {
  const { now } = clock;
  const setOf = (session: string) => stateKey('files-of', session);
  const leavingOf = (session: string) => stateKey('leaving', session);
  const ownersOf = stateKey('owners-of', '');
  const endOf = (session: string): number => {
    const [, end] = SESSION.exec(session) ?? [];
    if (end === undefined) throw new Error('Only a session or API_CLIENTS can own files');
    return Number(end);
  };

  const note = async (owner: string, keys: readonly StoredKey[]) => {
    const isSession = owner !== API_CLIENTS;
    const until = isSession ? endOf(owner) : now() + FILE_LIFETIME_MS;
    for (const some of pieces([...new Set(keys.filter(isKey))])) {
      await runScript(redis, NOTE, [setOf(owner)], [owner, until, ownersOf, isSession ? 'yes' : 'no', ...some]);
    }
  };

  const wantedByOthers = async (session: string, keys: readonly StoredKey[]): Promise<ReadonlySet<StoredKey>> => {
    const wanted = new Set<StoredKey>();
    for (const some of pieces(keys)) {
      const found = textsIn(await runScript(redis, WANTED, [], [session, now(), ownersOf, ...some]));
      for (const key of found) wanted.add(key);
    }
    return wanted;
  };

  return {
    note,
    release: async (session, remove) => {
      const until = endOf(session);
      const found = await runScript(redis, RELEASE, [setOf(session), leavingOf(session)], [session, until, ownersOf]);
      const keys = textsIn(found).filter(isKey);
      try {
        const outcome = await remove(keys, () => wantedByOthers(session, keys));
        for (const some of pieces(keys)) {
          // What is noted from now on is none of these.
          await runScript(redis, `return redis.call('SREM', KEYS[1], unpack(ARGV))`, [leavingOf(session)], some);
        }
        return outcome;
      } catch (error) {
        // Still the session's, so that it can try again, and so that nobody else's removal takes it.
        await note(session, keys).catch(() => {});
        throw error;
      }
    },
    forget: async (session) => {
      if (!SESSION.test(session)) return;
      const until = endOf(session);
      await runScript(redis, RELEASE, [setOf(session), leavingOf(session)], [session, until, ownersOf]);
      await runScript(redis, `return redis.call('DEL', KEYS[1])`, [leavingOf(session)], []);
    },
  };
}

const isKey = (key: StoredKey): boolean => readStoredKey(key) !== undefined;

function pieces<T>(all: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / KEYS_AT_ONCE);
  return Array.from({ length: count }, (_, index) => all.slice(index * KEYS_AT_ONCE, (index + 1) * KEYS_AT_ONCE));
}
