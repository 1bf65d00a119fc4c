/** How many pictures the workers of a queue end, so that whoever finds it full can be told when to come again. */
export type Rate = {
  /** One was ended. */
  note(): void;
  /** Whole seconds until `count` more will have been, from 1 to 60. */
  secondsFor(count: number): number;
};

/** What is looked back upon, in milliseconds: workers come and go. */
const WINDOW_MS = 10_000;
/** Enough to tell a rate by. */
const MOST = 512;
/** Assumed time of a picture until some were ended, in milliseconds. */
const FIRST_GUESS_MS = 150;
const LONGEST_S = 60;

/** Counts by a clock that nobody sets. */
export function createRate(now: () => number = () => performance.now()): Rate {
  let ended: number[] = [];
  const recent = () => {
    const from = now() - WINDOW_MS;
    ended = ended.filter((at) => at > from).slice(-MOST);
    return ended;
  };
  return {
    note: () => {
      ended.push(now());
      if (ended.length > 2 * MOST) recent();
    },
    secondsFor: (count) => {
      const [first, ...others] = recent();
      const spanMs = first === undefined ? 0 : now() - first;
      const each = others.length === 0 || spanMs === 0 ? FIRST_GUESS_MS : spanMs / others.length;
      return Math.min(LONGEST_S, Math.max(1, Math.ceil((count * each) / 1000)));
    },
  };
}
