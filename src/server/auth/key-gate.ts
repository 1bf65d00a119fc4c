import { setTimeout as wait } from 'node:timers/promises';
import { sameText } from './constant-time.ts';

export type KeyVerdict = 'right' | 'wrong' | 'busy';

/** Checks the access key. */
export type KeyGate = { check(candidate: string): Promise<KeyVerdict> };

/** Wrong tries that cost no time, for people who mistype. */
const FREE_TRIES = 3;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 4_000;
/** Checks that may wait at once; more are told to come back. */
const MAX_WAITING = 16;
/** After this long without a wrong try, the slow-down ends. */
const FORGIVE_AFTER_MS = 15 * 60 * 1000;

/**
 * A gate that compares in constant time and slows down after wrong tries: every check, right or wrong, then waits
 * before it is compared, twice as long after each wrong one, up to 4 s, and only a few may wait at once. It counts
 * for the whole server, since an address behind a proxy can be made up.
 */
export function createKeyGate(options: {
  readonly key: string;
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
}): KeyGate {
  const now = options.now ?? Date.now;
  const pause = options.wait ?? ((ms: number) => wait(ms));
  let wrongTries = 0;
  let lastWrong = 0;
  let waiting = 0;
  return {
    check: async (candidate) => {
      if (now() - lastWrong > FORGIVE_AFTER_MS) wrongTries = 0;
      const steps = wrongTries - FREE_TRIES;
      if (steps >= 0) {
        if (waiting >= MAX_WAITING) return 'busy';
        waiting += 1;
        try {
          await pause(Math.min(FIRST_DELAY_MS * 2 ** Math.min(steps, 10), LONGEST_DELAY_MS));
        } finally {
          waiting -= 1;
        }
      }
      if (sameText(candidate, options.key)) {
        wrongTries = 0;
        return 'right';
      }
      wrongTries += 1;
      lastWrong = now();
      return 'wrong';
    },
  };
}
