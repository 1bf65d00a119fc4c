import { z } from 'zod';
import { FRAME_MARK } from './page/bench-page.ts';

/** The fields of Chromium's trace events that the bench reads; times are in microseconds. */
const traceEvent = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number().optional(),
  dur: z.number().optional(),
  /** The thread's own processor time, without the time that it waited for a core. */
  tdur: z.number().optional(),
  args: z.looseObject({ name: z.string().optional() }).optional(),
});
export type TraceEvent = z.infer<typeof traceEvent>;

export const parseTraceEvents = (events: readonly unknown[]): TraceEvent[] =>
  events.flatMap((event) => {
    const parsed = traceEvent.safeParse(event);
    return parsed.success ? [parsed.data] : [];
  });

/** What the page's main thread did during a trace, in milliseconds. */
export type MainThread = {
  /**
   * Work of each frame: processor time of everything that ran from its beginning to the next frame's. Processor time,
   * not the clock's, so that a machine with other work to do gives the same figures.
   */
  readonly perFrame: readonly number[];
  /** Every task. */
  readonly tasks: readonly number[];
  /** Tasks of more than 50 ms, the usual limit of what a user does not notice. */
  readonly longTasks: readonly number[];
};

const TASK = 'RunTask';

const LONG_TASK_MS = 50;

/**
 * Sums the main thread's tasks frame by frame; the page marks the beginning of each frame, which also tells its thread
 * from all others.
 */
export function mainThreadWork(events: readonly TraceEvent[]): MainThread {
  const frames = events.filter(({ name, ts }) => name === FRAME_MARK && ts !== undefined);
  const thread = mostFrequent(frames.map(({ pid, tid }) => `${pid}/${tid}`));
  const isMain = ({ pid, tid }: TraceEvent) => `${pid}/${tid}` === thread;
  const starts = frames
    .filter(isMain)
    .map(({ ts = 0 }) => ts)
    .sort((a, b) => a - b);
  const tasks = events.filter((event) => event.name === TASK && event.ph === 'X' && isMain(event));
  const perFrame: number[] = new Array(Math.max(0, starts.length - 1)).fill(0);
  let frame = 0;
  for (const { ts = 0, dur = 0, tdur = dur } of tasks.toSorted((a, b) => (a.ts ?? 0) - (b.ts ?? 0))) {
    // The task that marks a frame's beginning begins before the mark, and belongs to the frame.
    while (frame < starts.length && (starts[frame] ?? 0) < ts + dur) frame++;
    const index = frame - 1;
    if (index >= 0 && index < perFrame.length) perFrame[index] = (perFrame[index] ?? 0) + tdur / 1000;
  }
  const durations = tasks.map(({ dur = 0, tdur = dur }) => tdur / 1000);
  return { perFrame, tasks: durations, longTasks: durations.filter((duration) => duration > LONG_TASK_MS) };
}

function mostFrequent(keys: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
