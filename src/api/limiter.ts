/**
 * Lets at most so many pieces of work run at once; the others wait in order. Whoever waits leaves the line when `signal`
 * aborts, and is rejected with its reason; work that has begun looks after its signal itself.
 */
export type Limiter = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createLimiter(limit: number): Limiter {
  let running = 0;
  const waiting: (() => void)[] = [];
  const waitForPlace = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(signal?.reason);
      };
      waiting.push(begin);
      signal?.addEventListener('abort', leave, { once: true });
    });
  return async (work, signal) => {
    signal?.throwIfAborted();
    if (running >= limit) await waitForPlace(signal);
    else running += 1;
    try {
      return await work();
    } finally {
      // A place that is passed on stays taken.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
