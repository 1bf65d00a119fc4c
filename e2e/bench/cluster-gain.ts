/** What a run took a picture, in milliseconds: by the clock, and of the processor, each counted from its first call to its last answer. */
export type RunCost = {
  readonly wallMs: number;
  /** All processes of the server and Redis, workers included. */
  readonly serverMs: number;
  /** The workers and their children. */
  readonly workerMs: number;
  /** Whoever asks. */
  readonly callerMs: number;
};

/**
 * How much faster two workers were than one (`reached`), and how much faster the processor time that they took would have
 * allowed them to be (`allowed`).
 *
 * Two workers with a core each cannot end a picture faster than in half of `workerMs`, and a machine with so many cores
 * not faster than in `(serverMs + callerMs) / cores`, because whoever asks runs on it as well. The longer of the two is
 * the least that a picture could have taken; `allowed` is what one worker took by the clock, over that. Both come from
 * the run that `reached` comes from, so `allowed` is never the smaller one: nobody works longer than the clock runs.
 */
export function gainOfTwo(
  one: RunCost,
  two: RunCost,
  cores: number,
): { readonly reached: number; readonly allowed: number } {
  const least = Math.max(two.workerMs / 2, (two.serverMs + two.callerMs) / cores);
  return { reached: one.wallMs / two.wallMs, allowed: one.wallMs / least };
}
