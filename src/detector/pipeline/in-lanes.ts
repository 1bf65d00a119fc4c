import { inBackground } from './in-background.ts';

/**
 * Runs at most `count` pieces of work at once, which begin in the order in which they were given. Work that fails holds
 * nobody up; until somebody awaits it, it fails in silence.
 */
export function inLanes(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const lanes: Promise<unknown>[] = [];
  let given = 0;
  return (work) => {
    const lane = given % count;
    given += 1;
    const before = lanes[lane];
    const result = inBackground(before === undefined ? work() : before.then(work, work));
    lanes[lane] = result;
    return result;
  };
}
