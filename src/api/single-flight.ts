/**
 * Runs equal work once for all who ask for it at the same time. Each caller waits with a signal of its own; the work
 * is cut off only when the last of them has left.
 */
export type SingleFlight<T, Taken = T> = {
  /** Resolves to undefined when this caller left before the work was done. */
  run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<Taken | undefined>;
};

export const createSingleFlight = <T>(): SingleFlight<T> =>
  createSharedFlight<T, T>({ take: (result) => result, over: () => {} });

/**
 * The same, of results that somebody has to hold: `take` runs for each caller who is given one, and `over` once nobody
 * waits for it any more and nobody can join, after all of them have taken theirs.
 */
export function createSharedFlight<T, Taken>({
  take,
  over,
}: {
  readonly take: (result: T) => Taken;
  readonly over: (result: T) => void;
}): SingleFlight<T, Taken> {
  type Flight = { readonly result: Promise<T>; readonly ends: AbortController; waiting: number };
  const flights = new Map<string, Flight>();

  const takeOff = (key: string, work: (signal: AbortSignal) => Promise<T>): Flight => {
    const ends = new AbortController();
    const flight: Flight = { result: work(ends.signal), ends, waiting: 0 };
    flights.set(key, flight);
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.result.then(land, land);
    return flight;
  };

  return {
    run: async (key, signal, work) => {
      if (signal.aborted) return undefined;
      const flight = flights.get(key) ?? takeOff(key, work);
      flight.waiting += 1;
      let leave = () => {};
      const left = new Promise<undefined>((resolve) => {
        leave = () => resolve(undefined);
        signal.addEventListener('abort', leave, { once: true });
      });
      try {
        const arrival = await Promise.race([flight.result.then((result) => ({ result })), left]);
        return arrival === undefined ? undefined : take(arrival.result);
      } finally {
        signal.removeEventListener('abort', leave);
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          // A later caller must not join work that is being cut off.
          if (flights.get(key) === flight) flights.delete(key);
          flight.ends.abort();
          flight.result.then(over, () => {});
        }
      }
    },
  };
}
