import type { Redis } from 'ioredis';
import { AwayError } from '#api/away.ts';

/**
 * What all keys of the shared state begin with: whose they are, in braces so that a Redis of several machines keeps them
 * together, and the layout of what is in them. Whoever changes the layout raises it, and leaves the old keys to their end.
 */
const PREFIX = '{facebound}:state:1:';

export const stateKey = (...parts: readonly string[]): string => PREFIX + parts.join(':');

/** A reply of Redis; what it says instead of one is told as away, because it passes by itself or whoever runs it hears. */
export async function replyOf<T>(reply: Promise<T>): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    const word = error instanceof Error ? error.message : String(error);
    throw new AwayError('shared-state', `The shared state is out of reach: ${word.slice(0, 200)}`);
  }
}

/** Runs a script as one step, whatever others do at the time. `keys` are what it touches, as far as that is known before. */
export const runScript = (
  redis: Redis,
  script: string,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> => replyOf(redis.eval(script, keys.length, ...keys, ...args));

/** Texts in a reply; nothing of what is none. */
export const textsIn = (reply: unknown): readonly string[] =>
  Array.isArray(reply) ? reply.filter((text: unknown) => typeof text === 'string') : [];
