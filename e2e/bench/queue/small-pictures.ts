import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { startServer } from '../../fixtures/server.ts';
import { tellFaces } from '../../fixtures/told-faces.ts';
import { photograph, rawPhotograph } from '../photographs.ts';
import type { Figure, Section } from '../report.ts';
import { percentile } from '../statistics.ts';
import { drop, type OpenBrowser, withBrowser } from './drop-files.ts';
import { followMemory, largestRenderer } from './follow-memory.ts';
import { isDone } from './is-done.ts';
import { longTasksSinceDrop, traceMainThread, watchLongTasks } from './long-tasks.ts';
import { nextPictures, watchNextPicture } from './next-picture.ts';

const COUNTS = [200, 2000] as const;
const SIZE = { width: 400, height: 300 };
const FACE = { x: 150, y: 80, width: 90, height: 120 };
/** Pictures are cut out of one drawing that is this much larger, each at another place: no two have the same pixels. */
const ROOM = 48;
const MB = 1e6;
/** Longest that any step may take on a busy machine, in milliseconds. */
const WAIT_MS = 20 * 60_000;
const POLLING_MS = 250;
/** So often a person goes to the next picture, and this far apart in milliseconds. */
const STEPS = 25;
const STEP_APART_MS = 150;
/** Workers that prepared are ended after ten seconds without work; what they held is not the page's any more. */
const REST_MS = 12_000;

type Measured = {
  readonly seconds: number;
  readonly longestTask: number;
  readonly longTasks: number;
  readonly nextMeanwhile: number;
  readonly nextAtRest: number;
  readonly elements: number;
  readonly heap: number;
  readonly peakRenderer: number;
  readonly restRenderer: number;
  readonly firstUsable: number;
  readonly allBack: number;
  readonly longestTaskOfReload: number;
  readonly longestTaskOfReloadCpu: number;
};

/** Small pictures in one drop, few and ten times as many: what grows with their number, and what must not. */
export async function benchSmallPictures({ counts = COUNTS }: { counts?: readonly number[] } = {}): Promise<Section[]> {
  const sections: Section[] = [];
  let fewer: Measured | undefined;
  for (const count of counts) {
    const folder = await mkdtemp(join(tmpdir(), 'facebound-small-bench-'));
    try {
      const files = await writePictures(folder, count);
      const measured = await withBrowser((browser) => runSmall(browser, files));
      sections.push({
        title: `Queue of ${count} small pictures`,
        conditions: `${count} different pictures of ${SIZE.width}×${SIZE.height} pixels in one drop; headless Chromium without a GPU, our server with a detector that answers at once; memory is resident; at rest: ${REST_MS / 1000} s after the last, garbage collected`,
        figures: figuresOf(measured),
      });
      if (fewer !== undefined) sections.push(growth(fewer, measured, counts));
      fewer = measured;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return sections;
}

const figuresOf = (measured: Measured): Figure[] => [
  { name: 'all faces found after', value: measured.seconds, unit: 's' },
  { name: 'longest main-thread block', value: measured.longestTask, unit: 'ms', aim: { atMost: 100 } },
  { name: 'blocks of more than 50 ms', value: measured.longTasks, unit: '' },
  {
    name: 'next picture while others are looked at, p95',
    value: measured.nextMeanwhile,
    unit: 'ms',
    aim: { atMost: 100 },
  },
  { name: 'next picture at rest, p95', value: measured.nextAtRest, unit: 'ms', aim: { atMost: 100 } },
  { name: 'elements of the page', value: measured.elements, unit: '' },
  { name: 'JavaScript heap at rest', value: measured.heap / MB, unit: 'MB' },
  { name: 'peak memory of the page’s process', value: measured.peakRenderer / MB, unit: 'MB' },
  { name: 'memory of the page’s process at rest', value: measured.restRenderer / MB, unit: 'MB' },
  { name: 'first picture usable after a reload', value: measured.firstUsable, unit: 's', aim: { atMost: 3 } },
  { name: 'all pictures back after a reload', value: measured.allBack, unit: 's' },
  {
    name: 'longest main-thread block of the reload',
    value: measured.longestTaskOfReload,
    unit: 'ms',
    aim: { atMost: 100 },
  },
  {
    name: 'longest main-thread block of the reload, its processor time',
    value: measured.longestTaskOfReloadCpu,
    unit: 'ms',
  },
];

function growth(few: Measured, many: Measured, counts: readonly number[]): Section {
  const times = (name: string, of: (measured: Measured) => number, atMost?: number): Figure => ({
    name,
    value: of(many) / of(few),
    unit: '×',
    ...(atMost === undefined ? {} : { aim: { atMost } }),
  });
  return {
    title: `What grows from ${counts.join(' to ')} small pictures`,
    conditions: 'the second divided by the first',
    figures: [
      times('all faces found after', ({ seconds }) => seconds),
      times('next picture at rest, p95', ({ nextAtRest }) => nextAtRest),
      times('elements of the page', ({ elements }) => elements, 1.1),
      times('JavaScript heap at rest', ({ heap }) => heap),
      times('peak memory of the page’s process', ({ peakRenderer }) => peakRenderer),
      times('memory of the page’s process at rest', ({ restRenderer }) => restRenderer, 1.25),
      times('first picture usable after a reload', ({ firstUsable }) => firstUsable),
      times('all pictures back after a reload', ({ allBack }) => allBack),
    ],
  };
}

async function writePictures(folder: string, count: number): Promise<string[]> {
  const raw = await rawPhotograph({
    seed: 'small-pictures',
    count: 1,
    layout: 'group',
    width: SIZE.width + ROOM,
    height: SIZE.height + ROOM,
  });
  const files: string[] = [];
  for (let index = 0; index < count; index++) {
    const part = { left: index % ROOM, top: Math.floor(index / ROOM) % ROOM, ...SIZE };
    const file = join(folder, `small-${String(index + 1).padStart(4, '0')}.jpg`);
    await writeFile(file, await photograph(raw, part, 1));
    files.push(file);
  }
  return files;
}

async function runSmall({ browser, pid }: OpenBrowser, files: readonly string[]): Promise<Measured> {
  const server = await startServer();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(WAIT_MS);
    const session = await page.context().newCDPSession(page);
    await watchLongTasks(page);
    await watchNextPicture(page);
    // Told, so that the page is measured and not the detector, which takes ten times as long.
    await tellFaces(page, [FACE], SIZE);
    await page.goto(server.origin);
    // What the page fetches when it rests is there.
    await page.getByRole('button', { name: /^Sample: Portrait/ }).click();
    await page.getByRole('option', { name: /^Face 1\b/ }).waitFor();
    await page.waitForLoadState('networkidle');
    const memory = await followMemory(browser, session, pid);
    // Not traced: what a trace gathers lies in the page's process, whose memory is looked at.
    const startedAt = performance.now();
    await drop(session, files);
    // Enough are there to walk through.
    await page.waitForFunction(isDone, 2 * STEPS, { polling: POLLING_MS });
    const meanwhile = await nextPictures(page, STEPS, STEP_APART_MS);
    await page.waitForFunction(isDone, files.length + 1, { polling: POLLING_MS });
    const seconds = (performance.now() - startedAt) / 1000;
    const { peakRenderer } = await memory.stop();
    const { longestTask, longTasks } = await longTasksSinceDrop(page);
    const atRest = await nextPictures(page, STEPS, STEP_APART_MS);
    await page.waitForTimeout(REST_MS);
    await session.send('HeapProfiler.collectGarbage');
    const elements = await page.locator('*').count();
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
    const restRenderer = await largestRenderer(browser);
    return {
      seconds,
      longestTask,
      longTasks,
      nextMeanwhile: percentile(meanwhile, 0.95),
      nextAtRest: percentile(atRest, 0.95),
      elements,
      heap,
      peakRenderer,
      restRenderer,
      ...(await reload(page, session, files.length + 1)),
    };
  } finally {
    await server.stop();
  }
}

type Reloaded = Pick<Measured, 'firstUsable' | 'allBack' | 'longestTaskOfReload' | 'longestTaskOfReloadCpu'>;

async function reload(page: Page, session: CDPSession, count: number): Promise<Reloaded> {
  const trace = await traceMainThread(page, session);
  await session.send('Page.reload');
  await page.waitForFunction(
    () =>
      document.querySelector('[role="img"][aria-busy="false"]') !== null &&
      document.querySelector('[role="option"]') !== null,
    undefined,
    { polling: 'raf' },
  );
  const firstUsable = (await page.evaluate(() => performance.now())) / 1000;
  await page.waitForFunction((all) => document.querySelector('main')?.textContent.includes(`of ${all}`), count, {
    polling: 'raf',
  });
  const allBack = (await page.evaluate(() => performance.now())) / 1000;
  const longestTaskOfReload = await page.evaluate(() => {
    const noted: unknown = Reflect.get(globalThis, 'benchLongTasks');
    return Array.isArray(noted) ? Math.max(50, ...noted.map(({ duration }) => Number(duration))) : Number.NaN;
  });
  return { firstUsable, allBack, longestTaskOfReload, longestTaskOfReloadCpu: await trace.longestTask() };
}
