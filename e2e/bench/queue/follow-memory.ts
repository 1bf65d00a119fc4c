import type { Browser, CDPSession } from 'playwright';
import { residentBytesOf, residentBytesOfTree } from '../export/process-tree.ts';

/** How often memory is looked at, in milliseconds: looking costs processor time as well. */
const SAMPLE_MS = 500;

export type MemoryPeaks = { readonly peakHeap: number; readonly peakRenderer: number; readonly peakBrowser: number };

/**
 * Follows the page's JavaScript heap, the largest of the processes that show pages, and the browser as a whole, in
 * bytes. `page` is the page's session, `browserPid` the browser's first process.
 */
export async function followMemory(browser: Browser, page: CDPSession, browserPid: number) {
  const wholeBrowser = await browser.newBrowserCDPSession();
  await page.send('Performance.enable');
  const peaks = { peakHeap: 0, peakRenderer: 0, peakBrowser: 0 };
  let isRunning = true;
  const following = (async () => {
    while (isRunning) {
      const { metrics } = await page.send('Performance.getMetrics');
      const { processInfo } = await wholeBrowser.send('SystemInfo.getProcessInfo');
      const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
      const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
      peaks.peakHeap = Math.max(peaks.peakHeap, heap);
      peaks.peakRenderer = Math.max(peaks.peakRenderer, ...(await residentBytesOf(renderers)));
      peaks.peakBrowser = Math.max(peaks.peakBrowser, await residentBytesOfTree(browserPid));
      await new Promise((done) => setTimeout(done, SAMPLE_MS));
    }
  })();
  // Where the browser ends first, whoever ended it says why.
  following.catch(() => undefined);
  return {
    async stop(): Promise<MemoryPeaks> {
      isRunning = false;
      await following;
      return peaks;
    },
  };
}

/** Resident memory of the largest process that shows a page, in bytes. */
export async function largestRenderer(browser: Browser): Promise<number> {
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return Math.max(...(await residentBytesOf(renderers)));
}
