/** Pictures that stopped what looked at them, remembered for a while, so that none of them does it again and again. */
export type StoppedPictures = {
  /** Whole seconds until a picture with this content may be tried again; undefined when it may. */
  secondsLeft(digest: string): number | undefined;
  /** Remembers a picture and gives the seconds until it may be tried again. */
  remember(digest: string): number;
};

const REMEMBERED_MS = 10 * 60 * 1000;
/** Most that are remembered; then the oldest is forgotten. */
const MOST = 10_000;

/** Counts by a clock that nobody sets. Each server by itself: another one may have the time for it. */
export function createStoppedPictures(now: () => number = () => performance.now()): StoppedPictures {
  /** When each is forgotten, oldest first. */
  const until = new Map<string, number>();
  const left = (end: number) => Math.ceil((end - now()) / 1000);
  return {
    secondsLeft: (digest) => {
      const end = until.get(digest);
      if (end === undefined) return undefined;
      if (end > now()) return left(end);
      until.delete(digest);
      return undefined;
    },
    remember: (digest) => {
      const end = now() + REMEMBERED_MS;
      until.delete(digest);
      until.set(digest, end);
      const [oldest] = until.keys();
      if (until.size > MOST && oldest !== undefined) until.delete(oldest);
      return left(end);
    },
  };
}
