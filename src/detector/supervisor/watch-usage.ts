import type { Usage } from '../ports.ts';

/**
 * What a child may take for one piece of work. Judged is what it used itself: on a loaded machine a healthy child is
 * slower, and killing it would only make it begin anew.
 */
export type UsageLimit = {
  /** Processor time, all its threads together, in milliseconds. */
  readonly processorMs: number;
  /** For a child that sleeps: longest by the clock without a hundredth of `processorMs` worked, in milliseconds. */
  readonly wallMs: number;
  /** Most memory that it may hold, in bytes; no limit unless told. */
  readonly residentBytes?: number;
};

/** Which of the limits was passed. */
export type LimitPassed = 'processor' | 'memory' | 'clock';

/** Pauses between two looks, in milliseconds. Memory can be filled faster than any processor time runs out. */
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 250;
/** Threads of a child that may work at once: so much faster than the clock its time may pass. */
const THREADS = 4;
/** A share of the processor limit that counts as progress: a child that is given next to no time still gets on. */
const PROGRESS_SHARE = 1 / 100;

/**
 * Looks at a child from now on and says, once, that it passed a limit. Where the machine does not tell what it uses, the
 * clock stands for its processor time. Returns what ends the watch.
 */
export function watchUsage(
  usage: () => Usage | undefined,
  { processorMs, wallMs, residentBytes = Number.POSITIVE_INFINITY }: UsageLimit,
  onPassed: (limit: LimitPassed) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const since = performance.now();
  const before = usage()?.processorMs;
  let movedAt = since;
  let workedThen = 0;
  const look = (): void => {
    const time = performance.now();
    const now = usage();
    const isTold = before !== undefined && now !== undefined;
    const worked = isTold ? now.processorMs - before : time - since;
    if (worked - workedThen >= processorMs * PROGRESS_SHARE) {
      movedAt = time;
      workedThen = worked;
    }
    const left = processorMs - worked;
    const asleep = wallMs - (time - movedAt);
    if ((now?.residentBytes ?? 0) > residentBytes) onPassed('memory');
    else if (left <= 0) onPassed('processor');
    else if (asleep <= 0) onPassed('clock');
    else {
      const pause = isTold ? Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, left / THREADS)) : left;
      timer = setTimeout(look, Math.min(pause, asleep));
    }
  };
  look();
  return () => clearTimeout(timer);
}
