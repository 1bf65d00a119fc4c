import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lets everything else on this machine go first: a page beside a busy detector keeps moving, and a detector without
 * neighbours is as fast as ever. Call it in a process that leads a session of its own.
 *
 * Linux divides its time between sessions before it looks at the priorities inside of them (sched(7), "the autogroup
 * feature"), so a lower priority alone counts for little against a browser. A system that lets neither be set leaves
 * things as they were.
 */
export function lowerPriority(): void {
  attempt(() => setPriority(constants.priority.PRIORITY_BELOW_NORMAL));
  if (process.platform === 'linux') {
    attempt(() => writeFileSync('/proc/self/autogroup', String(constants.priority.PRIORITY_BELOW_NORMAL)));
  }
}

function attempt(set: () => void): void {
  try {
    set();
  } catch {
    // Not allowed here, or a kernel without it.
  }
}
