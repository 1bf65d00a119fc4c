import type { Redis } from 'ioredis';
import { AwayError } from '#api/away.ts';
import type { EndedSessions } from '../auth/ended-sessions.ts';
import { replyOf, runScript, stateKey, textsIn } from './state-redis.ts';

/** Notes outlive their session by this, in milliseconds: clocks differ, and some jump. */
const KEPT_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * KEYS: since when this memory reaches back, a note. ARGV: now, in milliseconds. Gives since when, and whether there is
 * a note.
 */
const LOOK = `
local since = redis.call('GET', KEYS[1])
if not since then
  since = ARGV[1]
  redis.call('SET', KEYS[1], since)
end
return { since, tostring(redis.call('EXISTS', KEYS[2])) }`;

/**
 * Sessions that were ended, for all replicas. A Redis that lost what it knew says nothing of sessions from before: those
 * count as ended, because nobody knows any more which of them were. So do sessions from before there was a cluster.
 */
export function createEndedInRedis(
  redis: Redis,
  clock: { readonly now: () => number },
): EndedSessions & { /** Begins to remember, where nobody did before. */ begin(): Promise<void> } {
  const sinceKey = stateKey('since');
  const noteKey = (name: string) => stateKey('ended', name);
  const look = async (name: string) => {
    const [since = '', hasNote] = textsIn(await runScript(redis, LOOK, [sinceKey, noteKey(name)], [clock.now()]));
    if (!/^\d{1,15}$/.test(since)) throw new AwayError('shared-state', 'The shared state cannot be read');
    return { since: Number(since), hasNote: hasNote !== '0' };
  };
  return {
    begin: async () => {
      await look('none');
    },
    include: async ({ name, openedAt }) => {
      const { since, hasNote } = await look(name);
      return hasNote || openedAt < since;
    },
    note: async ({ name }) => {
      await replyOf(redis.set(noteKey(name), '', 'PXAT', Number.parseInt(name, 10) + KEPT_AFTER_MS));
    },
  };
}
