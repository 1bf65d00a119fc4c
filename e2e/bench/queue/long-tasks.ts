import type { CDPSession, Page } from 'playwright';
import { z } from 'zod';
import { FRAME_MARK } from '../stage/page/bench-page.ts';
import { mainThreadWork, parseTraceEvents } from '../stage/trace.ts';

const tasks = z.array(z.object({ startTime: z.number(), duration: z.number() }));

/** From now on every page that opens notes its main thread's tasks of more than 50 ms. Call it before the page opens. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const found: { startTime: number; duration: number }[] = [];
    Object.assign(globalThis, { benchLongTasks: found });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) found.push({ startTime, duration });
    }).observe({ type: 'longtask', buffered: true });
  });
}

/** How many there were since a mark, and how long the longest took, in milliseconds: 50 or less when there was none. */
export async function longTasksSince(
  page: Page,
  mark: string,
): Promise<{ readonly longTasks: number; readonly longestTask: number }> {
  const [since, noted] = await page.evaluate(
    (name) => [performance.getEntriesByName(name)[0]?.startTime, Reflect.get(globalThis, 'benchLongTasks')] as const,
    mark,
  );
  const counted = tasks.parse(noted).filter(({ startTime }) => startTime >= (since ?? 0));
  return { longTasks: counted.length, longestTask: Math.max(50, ...counted.map(({ duration }) => duration)) };
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
      return Math.max(0, ...mainThreadWork(parseTraceEvents(events)).tasks);
    },
  };
}
