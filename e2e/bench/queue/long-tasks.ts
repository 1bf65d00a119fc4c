import type { Page } from 'playwright';
import { z } from 'zod';

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
