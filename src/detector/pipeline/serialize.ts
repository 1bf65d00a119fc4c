import { withResolver } from '../with-resolver.ts';

/** A place in a line: `begin` resolves when everyone before has ended; `end` may be called more than once. */
export type Turn = { readonly begin: Promise<void>; end(): void };

/** A line of turns, served in the order in which they were taken. */
export function serialize(): () => Turn {
  let last: Promise<void> = Promise.resolve();
  return () => {
    const { promise, resolve } = withResolver();
    const begin = last;
    last = begin.then(() => promise);
    return { begin, end: resolve };
  };
}
