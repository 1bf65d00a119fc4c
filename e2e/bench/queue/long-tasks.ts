import type { CDPSession, Page } from 'playwright';
import { z } from 'zod';
import { FRAME_MARK } from '../stage/page/bench-page.ts';
import { mainThreadWork, parseTraceEvents } from '../stage/trace.ts';

/** Browsers note tasks that are longer, in milliseconds. */
const LONG_MS = 50;

const tasks = z.array(z.object({ startTime: z.number(), duration: z.number() }));

/** What the page's clock is marked with as soon as the page hears of the first drop, before any of its own code. */
const DROP_MARK = 'bench-drop';

/** From now on every page that opens notes its main thread's tasks of more than 50 ms. Call it before the page opens. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript((mark) => {
    const found: { startTime: number; duration: number }[] = [];
    Object.assign(globalThis, { benchLongTasks: found });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) found.push({ startTime, duration });
    }).observe({ type: 'longtask', buffered: true });
    addEventListener('drop', () => performance.mark(mark), { capture: true, once: true });
  }, DROP_MARK);
}

/** Tasks of the main thread since a drop, in milliseconds. */
type LongTasks = {
  /** Those of more than 50 ms. */
  readonly longTasks: number;
  /** The longest; 50 or less when there was none. */
  readonly longestTask: number;
  /** How long the browser kept the thread to make its files of the drop, before the page heard of it. */
  readonly handOver: number;
};

/** What was noted since the page heard of the first drop. The task that tells it counts from there. */
export async function longTasksSinceDrop(page: Page): Promise<LongTasks> {
  const [droppedAt, noted] = await page.evaluate(
    (mark) => [performance.getEntriesByName(mark)[0]?.startTime, Reflect.get(globalThis, 'benchLongTasks')] as const,
    DROP_MARK,
  );
  if (droppedAt === undefined) throw new Error('Nothing was dropped');
  const since = tasks.parse(noted).filter(({ startTime, duration }) => startTime + duration > droppedAt);
  const durations = since.map(({ startTime, duration }) => startTime + duration - Math.max(startTime, droppedAt));
  return {
    longTasks: durations.filter((duration) => duration > LONG_MS).length,
    longestTask: Math.max(LONG_MS, ...durations),
    handOver: Math.max(0, ...since.map(({ startTime }) => droppedAt - startTime)),
  };
}

/**
 * Traces the page's main thread, and gives the processor time of its longest task, in milliseconds: what it would have
 * taken had the thread never waited for a core.
 */
export async function traceMainThread(page: Page, session: CDPSession): Promise<{ longestTask(): Promise<number> }> {
  const events: unknown[] = [];
  const names = z.looseObject({ name: z.enum(['RunTask', FRAME_MARK]) });
  // Minutes of a trace hold millions of events; only these are looked at.
  const collect = ({ value }: { value: readonly unknown[] }) => {
    events.push(...value.filter((event) => names.safeParse(event).success));
  };
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['-*', 'disabled-by-default-devtools.timeline', 'blink.user_timing'] },
  });
  // Tells the page's thread from all others.
  await page.evaluate((name) => performance.mark(name), FRAME_MARK);
  return {
    async longestTask() {
      const complete = new Promise<void>((done) => session.once('Tracing.tracingComplete', () => done()));
      await session.send('Tracing.end');
      await complete;
      session.off('Tracing.dataCollected', collect);
      return mainThreadWork(parseTraceEvents(events)).tasks.reduce((longest, task) => Math.max(longest, task), 0);
    },
  };
}
