/** How many of a running batch were done at a time, in milliseconds of `performance.now()`. */
export type ProgressSample = { readonly atMs: number; readonly done: number };

/**
 * Time until the rest is done, in milliseconds, from the mean pace between two looks; undefined while too little was
 * done to tell.
 */
export function timeLeft(first: ProgressSample, now: ProgressSample, remaining: number): number | undefined {
  const done = now.done - first.done;
  const elapsed = now.atMs - first.atMs;
  return done < 2 || elapsed <= 0 ? undefined : (elapsed / done) * remaining;
}

/** A time left in words that do not promise more than they know: "about 2 min left". */
export function formatTimeLeft(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} s left`;
  if (seconds < 3300) return `about ${Math.ceil(seconds / 60)} min left`;
  return `about ${Math.ceil(seconds / 3600)} h left`;
}
