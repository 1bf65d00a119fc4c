import type { Queue } from 'bullmq';
import type { Backlog } from '#detector/detector.ts';

/** What waits in these lines together. The oldest is told by the clocks of whoever added it and of this process. */
export async function backlogOf(lines: readonly Queue<unknown>[]): Promise<Backlog> {
  const looks = await Promise.all(
    lines.map(async (line) => {
      const [waiting, [first]] = await Promise.all([line.getWaitingCount(), line.getWaiting(0, 0)]);
      return { waiting, since: first?.timestamp };
    }),
  );
  const now = Date.now();
  return {
    waiting: looks.reduce((sum, { waiting }) => sum + waiting, 0),
    oldestMs: looks.reduce((most, { since }) => Math.max(most, now - (since ?? now)), 0),
  };
}
