/** The time of day, and whether it can be believed enough to delete by it. */
export type SteadyClock = {
  /** Milliseconds since 1970, as the system has it. */
  now(): number;
  /** False for an hour after the time of day jumped by more than a day. */
  isSettled(): boolean;
};

const HOUR_MS = 60 * 60 * 1000;
/** More than any time server corrects a clock that runs, and than summer time. */
const JUMP_MS = 24 * HOUR_MS;
/** Long enough for a wrong time to be noticed and set right. */
const SETTLES_AFTER_MS = HOUR_MS;

/**
 * Compares the time of day with a clock that nobody can set, whenever it is asked: a time of day that is eight days ahead
 * for a minute must not make everything look a week old. A machine that slept for more than a day looks like a jump, too.
 */
export function createSteadyClock(
  options: { readonly now?: () => number; readonly monotonic?: () => number } = {},
): SteadyClock {
  const now = options.now ?? Date.now;
  const monotonic = options.monotonic ?? (() => performance.now());
  /** How far the time of day is ahead of the other clock. */
  let ahead = now() - monotonic();
  let jumpedAt: number | undefined;
  const look = (): number => {
    const time = now();
    const steady = monotonic();
    if (Math.abs(time - steady - ahead) > JUMP_MS) jumpedAt = steady;
    ahead = time - steady;
    return time;
  };
  return {
    now: look,
    isSettled: () => {
      look();
      return jumpedAt === undefined || monotonic() - jumpedAt > SETTLES_AFTER_MS;
    },
  };
}
