import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { err, ok, type Result } from '#shared/result.ts';
import { sameText } from './constant-time.ts';

export type KeyVerdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  /** Not compared. */
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

/** Checks the access key. */
export type PasswordThrottle = {
  /** `network` is what counts as one caller (see `caller-address.ts`); `signal` ends when the caller has left. */
  check(candidate: string, network: string, signal: AbortSignal): Promise<KeyVerdict>;
};

const WINDOW_SECONDS = 60;
/** Wrong tries of one network in a window that are compared at once: a person who mistypes needs fewer. */
const TRIES = 10;
/** Keys that are compared in a window although the network's tries are used up, because they were sent again. */
const REPEATED_TRIES = 600;
/** A key that was refused unread is compared when it comes again after this long, in milliseconds. */
const REPEAT_AFTER_MS = 5_000;
/** What such callers are told to wait for; a clock that ticks a little early must not cost them another round. */
const REPEAT_TOLERANCE_MS = 500;
/** How long such a key is remembered, in milliseconds: people may wait longer than they are told. */
export const REMEMBERED_MS = 2 * 60 * 1000;
/** Most such keys at once, over all networks; the oldest go first. */
export const MAX_REMEMBERED = 50_000;
/** Wrong answers over all networks in a window that come at once; later ones come late. */
const WRONG_ANSWERS = 100;
const SLOW_ANSWER_MS = 2_000;
/** Wrong answers that may be held back at once; more are answered `busy`. */
const MAX_HELD_BACK = 256;

/** Tries in a window of time, by key. */
export type Budget = {
  /** Takes one; the error is the time until there are some again, in seconds. */
  take(key: string): Promise<Result<undefined, number>>;
  giveBack(key: string): Promise<void>;
};

/** A budget as one of its kind: `name` tells it from the others. */
export type BudgetOptions = { readonly name: string; readonly points: number; readonly seconds: number };

/** Keys that were refused unread, by digest. */
export type RefusedKeys = {
  /** What is known of it; remembered from now on when that is nothing. */
  meet(id: string): Promise<{ readonly waitedMs: number; readonly isCompared: boolean } | undefined>;
  /** Notes that it was compared since. */
  compared(id: string): Promise<void>;
  forget(id: string): Promise<void>;
};

/** Where tries are counted. */
export type KeyTries = {
  budget(options: BudgetOptions): Budget;
  readonly refusedKeys: RefusedKeys;
};

/** A budget by a limiter of the library's, wherever that counts. */
export const budgetOf = (limiter: RateLimiterAbstract): Budget => ({
  take: async (key) => {
    try {
      await limiter.consume(key);
      return ok(undefined);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return err(refused.msBeforeNext / 1000);
      throw refused;
    }
  },
  giveBack: async (key) => {
    await limiter.reward(key);
  },
});

/** Tries of this process alone. */
export function createTriesInMemory(): KeyTries {
  /** Oldest first: when it was refused, in milliseconds, and whether it was compared since. */
  const refused = new Map<string, { readonly at: number; isCompared: boolean }>();
  const forgetOld = () => {
    for (const [id, { at }] of refused) {
      if (refused.size <= MAX_REMEMBERED && Date.now() - at < REMEMBERED_MS) return;
      refused.delete(id);
    }
  };
  return {
    budget: ({ points, seconds }) => budgetOf(new RateLimiterMemory({ points, duration: seconds })),
    refusedKeys: {
      meet: async (id) => {
        forgetOld();
        const known = refused.get(id);
        if (known !== undefined) return { waitedMs: Date.now() - known.at, isCompared: known.isCompared };
        refused.set(id, { at: Date.now(), isCompared: false });
        return undefined;
      },
      compared: async (id) => {
        const known = refused.get(id);
        if (known !== undefined) known.isCompared = true;
      },
      forget: async (id) => {
        refused.delete(id);
      },
    },
  };
}

/**
 * A gate that a right key passes whatever others send, and that makes guessing slow.
 *
 * - Each network has a budget of wrong tries a minute. Beyond it a key is refused unread (`busy`), so that guesses gain
 *   nothing.
 * - From a network whose budget others use up all the time (a proxy that tells no address, one office) the right key
 *   still passes: a key that was refused unread is compared once when it comes again a few seconds later. Who has the
 *   key sends it again; who guesses has no reason to.
 * - Beyond a ceiling over all networks wrong answers, and only those, come late.
 *
 * Keys are compared in constant time. Those that were refused are remembered as digests under a key of the server's.
 */
export function createPasswordThrottle(options: {
  readonly key: string;
  /** Where tries are counted; in this process unless told otherwise. */
  readonly tries?: KeyTries;
  /** Keys the digests of what was tried, alike on all that count together; random unless told otherwise. */
  readonly digestKey?: Uint8Array;
  /** Waits before a late answer; rejects when the signal ends. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}): PasswordThrottle {
  const pause = options.wait ?? ((ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }));
  const { budget, refusedKeys } = options.tries ?? createTriesInMemory();
  const tries = budget({ name: 'tries', points: TRIES, seconds: WINDOW_SECONDS });
  const repeatedTries = budget({ name: 'repeated-tries', points: REPEATED_TRIES, seconds: WINDOW_SECONDS });
  const wrongAnswers = budget({ name: 'wrong-answers', points: WRONG_ANSWERS, seconds: WINDOW_SECONDS });
  const digestKey = options.digestKey ?? randomBytes(32);
  let heldBack = 0;

  const digest = (candidate: string, network: string): string =>
    createHmac('sha256', digestKey).update(`tried-key\0${network}\0${candidate}`).digest('base64url');

  /** Beyond the budget: whether this key may be compared because it comes again, else the wait in seconds. */
  const takeRepeated = async (candidate: string, network: string): Promise<Result<undefined, number>> => {
    const id = digest(candidate, network);
    const known = await refusedKeys.meet(id);
    const waitedMs = known?.waitedMs ?? 0;
    // It was compared, and was wrong.
    if (known?.isCompared === true) return err((REMEMBERED_MS - waitedMs) / 1000);
    if (known === undefined || waitedMs < REPEAT_AFTER_MS - REPEAT_TOLERANCE_MS) {
      return err((REPEAT_AFTER_MS - waitedMs) / 1000);
    }
    const taken = await repeatedTries.take(network);
    if (taken.ok) await refusedKeys.compared(id);
    return taken;
  };

  /** Whether the wrong answer may be given: at once below the ceiling, else after a while, unless too many wait. */
  const holdBack = async (signal: AbortSignal): Promise<boolean> => {
    if ((await wrongAnswers.take('all')).ok) return true;
    if (heldBack >= MAX_HELD_BACK) return false;
    heldBack += 1;
    try {
      await pause(SLOW_ANSWER_MS, signal);
    } catch {
      // The caller has left: nobody hears the answer.
    } finally {
      heldBack -= 1;
    }
    return true;
  };

  return {
    check: async (candidate, network, signal) => {
      // Taken before the comparison, or many at once would each find the budget untouched.
      const taken = await tries.take(network);
      if (!taken.ok) {
        const repeated = await takeRepeated(candidate, network);
        if (!repeated.ok) return busy(Math.min(taken.error, repeated.error));
      }
      if (sameText(candidate, options.key)) {
        if (taken.ok) await tries.giveBack(network);
        else await refusedKeys.forget(digest(candidate, network));
        return { kind: 'right' };
      }
      return (await holdBack(signal)) ? { kind: 'wrong' } : busy(SLOW_ANSWER_MS / 1000);
    },
  };
}

const busy = (seconds: number): KeyVerdict => ({
  kind: 'busy',
  retryAfterSeconds: Math.max(1, Math.ceil(seconds)),
});
