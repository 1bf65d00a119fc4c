import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
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
const REMEMBERED_MS = 2 * 60 * 1000;
/** Most such keys at once, over all networks; the oldest go first. */
const MAX_REMEMBERED = 50_000;
/** Wrong answers over all networks in a window that come at once; later ones come late. */
const WRONG_ANSWERS = 100;
const SLOW_ANSWER_MS = 2_000;
/** Wrong answers that may be held back at once; more are answered `busy`. */
const MAX_HELD_BACK = 256;

/** Takes a point; the error is the time until there are points again, in seconds. */
async function take(limiter: RateLimiterMemory, key: string): Promise<Result<undefined, number>> {
  try {
    await limiter.consume(key);
    return ok(undefined);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return err(refused.msBeforeNext / 1000);
    throw refused;
  }
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
 * Keys are compared in constant time. Those that were refused are remembered as digests under a key of this process.
 */
export function createPasswordThrottle(options: {
  readonly key: string;
  /** Waits before a late answer; rejects when the signal ends. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}): PasswordThrottle {
  const pause = options.wait ?? ((ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }));
  const tries = new RateLimiterMemory({ points: TRIES, duration: WINDOW_SECONDS });
  const repeatedTries = new RateLimiterMemory({ points: REPEATED_TRIES, duration: WINDOW_SECONDS });
  const wrongAnswers = new RateLimiterMemory({ points: WRONG_ANSWERS, duration: WINDOW_SECONDS });
  const secret = randomBytes(32);
  /** Keys that were refused unread, oldest first, by digest: when, in milliseconds, and whether one was compared since. */
  const refused = new Map<string, { readonly at: number; compared: boolean }>();
  let heldBack = 0;

  const digest = (candidate: string, network: string): string =>
    createHmac('sha256', secret).update(`${network}\0${candidate}`).digest('base64url');

  const forgetOld = () => {
    for (const [id, { at }] of refused) {
      if (refused.size <= MAX_REMEMBERED && Date.now() - at < REMEMBERED_MS) return;
      refused.delete(id);
    }
  };

  /** Beyond the budget: whether this key may be compared because it comes again, else the wait in seconds. */
  const takeRepeated = async (candidate: string, network: string): Promise<Result<undefined, number>> => {
    forgetOld();
    const id = digest(candidate, network);
    const known = refused.get(id);
    if (known === undefined) refused.set(id, { at: Date.now(), compared: false });
    const waitedMs = known === undefined ? 0 : Date.now() - known.at;
    // It was compared, and was wrong.
    if (known?.compared === true) return err((REMEMBERED_MS - waitedMs) / 1000);
    if (known === undefined || waitedMs < REPEAT_AFTER_MS - REPEAT_TOLERANCE_MS) {
      return err((REPEAT_AFTER_MS - waitedMs) / 1000);
    }
    const taken = await take(repeatedTries, network);
    if (taken.ok) known.compared = true;
    return taken;
  };

  /** Whether the wrong answer may be given: at once below the ceiling, else after a while, unless too many wait. */
  const holdBack = async (signal: AbortSignal): Promise<boolean> => {
    if ((await take(wrongAnswers, 'all')).ok) return true;
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
      const taken = await take(tries, network);
      if (!taken.ok) {
        const repeated = await takeRepeated(candidate, network);
        if (!repeated.ok) return busy(Math.min(taken.error, repeated.error));
      }
      if (sameText(candidate, options.key)) {
        if (taken.ok) await tries.reward(network);
        else refused.delete(digest(candidate, network));
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
