import { readdirSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Half of the weight of others: a page beside it keeps moving, and however many there are, it is twice as slow at most. */
const A_STEP_BACK = 3;

/**
 * Lets everything else on this machine go first, or stands beside it again: for a child that leads a session of its own.
 *
 * Linux divides its time between sessions before it looks at the priorities inside of them (sched(7), "the autogroup
 * feature"), and takes a step back of a whole session back again. Where it knows no sessions, it is the threads that step
 * back, and there only a privileged server can call them forward again. A system that lets neither be set leaves things
 * as they were.
 */
export function stepBack(pid: number, isBack: boolean): void {
  if (process.platform !== 'linux') {
    const { PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority;
    attempt(() => setPriority(pid, isBack ? PRIORITY_BELOW_NORMAL : PRIORITY_NORMAL));
    return;
  }
  const nice = isBack ? A_STEP_BACK : 0;
  if (attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(nice)))) return;
  attempt(() => {
    for (const thread of readdirSync(`/proc/${pid}/task`)) setPriority(Number(thread), nice);
  });
}

/** A tenth of the weight of others: work that may wait, but comes to its end on a machine that is never idle. */
const BEHIND = 10;

/**
 * Lets everything else of ours go first, or stands beside it again: for a child that leads a session of its own, where
 * the system knows sessions (see `stepBack`); elsewhere it stays where it is, because it could not come back.
 */
export function standBehind(pid: number, isBehind: boolean): void {
  attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(isBehind ? BEHIND : 0), { flag: 'r+' }));
}

function attempt(set: () => void): boolean {
  try {
    set();
    return true;
  } catch {
    // Not allowed here, or a kernel without it.
    return false;
  }
}
