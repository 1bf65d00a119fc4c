const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next start, in milliseconds, after so many children in a row that finished nothing. The
 * first is replaced at once; then the pause doubles, so that a broken install does not keep a core busy.
 */
export const restartDelay = (losses: number): number =>
  losses <= 1 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(losses - 2, 30));
