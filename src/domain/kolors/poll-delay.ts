/** First wait after a task was made, in milliseconds: pictures take tens of seconds. */
const FIRST_MS = 2_000;
/** Longest wait between two questions, in milliseconds. */
const LONGEST_MS = 15_000;
const GROWTH = 1.4;

/** How long to wait before asking for a task again, in milliseconds; `asked` counts the questions so far. */
export const pollDelayMs = (asked: number): number =>
  Math.min(LONGEST_MS, Math.round(FIRST_MS * GROWTH ** Math.max(0, Math.min(asked, 50))));
