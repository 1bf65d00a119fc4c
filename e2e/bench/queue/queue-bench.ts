import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { uploadAssetReply } from '#contract/assets.ts';
import { startServer } from '../../fixtures/server.ts';
import { createBareEngine } from '../bare-engine.ts';
import { serveBenchPage } from '../bench-page-server.ts';
import { photograph, rawPhotograph } from '../photographs.ts';
import type { Section } from '../report.ts';
import { drop, type OpenBrowser, withBrowser } from './drop-files.ts';
import { followMemory, largestRenderer, type MemoryPeaks } from './follow-memory.ts';
import { isDone } from './is-done.ts';
import { longTasksSinceDrop, traceMainThread, watchLongTasks } from './long-tasks.ts';
import { benchSmallPictures } from './small-pictures.ts';

const COUNT = 200;
/** Twelve megapixels, as most phones take them. */
const SIZE = { width: 4032, height: 3024 };
/** Photographs are cut out of drawings that are this much larger, each at another place: no two have the same pixels. */
const ROOM = 48;
/** Of this many, one was taken with the phone held upright, so that it has to be turned. */
const UPRIGHT_EVERY = 3;
const DRAWINGS = 4;
/** As many calls at once as the page makes. */
const LANES = 3;
const MB = 1e6;
/** Longest that any step may take on a busy machine, in milliseconds. */
const WAIT_MS = 20 * 60_000;
/** How often the page is asked whether it is done, in milliseconds. */
const POLLING_MS = 250;

/**
 * Two hundred photographs in one drop, through the page that people use, to our real server with its own detector:
 * against preparing them alone and the detector alone, one after the other in the same run. And whether the page stays
 * responsive and its memory bounded meanwhile.
 */
export async function benchQueue({ count = COUNT } = {}): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), 'facebound-queue-bench-'));
  try {
    const { files, bytes } = await writePhotographs(folder, count);
    const megabytesEach = (bytes / count / MB).toFixed(1);
    const batch = await withBrowser((browser) => runBatch(browser, files));
    const preparing = await withBrowser((browser) => prepareAlone(browser, files));
    const detecting = await detectAlone(batch.sent);
    return [
      {
        title: 'Queue',
        conditions: `${count} different photographs of ${SIZE.width}×${SIZE.height} pixels, ${megabytesEach} MB each, every third to be turned, in one drop; headless Chromium without a GPU, embedded engine; preparing alone and the engine alone with the same bytes and as much at once; memory is resident`,
        figures: [
          { name: 'all faces found after', value: batch.seconds, unit: 's' },
          { name: 'preparing alone', value: preparing, unit: 's' },
          { name: 'bare engine alone', value: detecting, unit: 's' },
          {
            name: 'queue to preparing and engine together',
            value: batch.seconds / (preparing + detecting),
            unit: '',
            aim: { atMost: 1.3 },
          },
          { name: 'first faces shown after', value: batch.firstSeconds, unit: 's' },
          { name: 'longest main-thread block', value: batch.longestTask, unit: 'ms', aim: { atMost: 100 } },
          { name: 'longest main-thread block, its processor time', value: batch.longestTaskCpu, unit: 'ms' },
          { name: 'blocks of more than 50 ms', value: batch.longTasks, unit: '' },
          { name: 'browser’s own time for the files of the drop', value: batch.handOver, unit: 'ms' },
          { name: 'peak JavaScript heap', value: batch.peakHeap / MB, unit: 'MB' },
          { name: 'memory of the page’s process before the drop', value: batch.rendererBefore / MB, unit: 'MB' },
          {
            name: 'peak memory of the page’s process',
            value: batch.peakRenderer / MB,
            unit: 'MB',
            aim: { atMost: 400 },
          },
          { name: 'peak memory of the whole browser', value: batch.peakBrowser / MB, unit: 'MB' },
        ],
      },
      ...(await benchSmallPictures()),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writePhotographs(folder: string, count: number): Promise<{ files: string[]; bytes: number }> {
  const files: string[] = [];
  let bytes = 0;
  for (let drawing = 0; drawing < DRAWINGS; drawing++) {
    const isUpright = drawing === 0;
    const size = isUpright ? { width: SIZE.height, height: SIZE.width } : SIZE;
    const raw = await rawPhotograph({
      seed: `queue-${drawing}`,
      count: 3 + drawing * 2,
      layout: 'group',
      width: size.width + ROOM,
      height: size.height + ROOM,
    });
    for (let index = 0; index < count; index++) {
      const drawingOf = index % UPRIGHT_EVERY === 0 ? 0 : 1 + (index % (DRAWINGS - 1));
      if (drawingOf !== drawing) continue;
      const part = { left: index % ROOM, top: Math.floor(index / ROOM) % ROOM, ...size };
      const file = join(folder, `photograph-${String(index + 1).padStart(3, '0')}.jpg`);
      const photo = await photograph(raw, part, isUpright ? 6 : 1);
      await writeFile(file, photo);
      files.push(file);
      bytes += photo.length;
    }
  }
  return { files: files.toSorted(), bytes };
}

type Batch = MemoryPeaks & {
  readonly rendererBefore: number;
  readonly seconds: number;
  readonly firstSeconds: number;
  readonly longestTask: number;
  readonly longTasks: number;
  readonly handOver: number;
  readonly longestTaskCpu: number;
  /** What the server got. */
  readonly sent: readonly Uint8Array[];
};

async function runBatch({ browser, pid }: OpenBrowser, files: readonly string[]): Promise<Batch> {
  const server = await startServer();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(WAIT_MS);
    const session = await page.context().newCDPSession(page);
    await watchLongTasks(page);
    await page.goto(server.origin);
    // The detector is warm, and what the page fetches when it rests is there.
    await page.getByRole('button', { name: /^Sample: Portrait/ }).click();
    await page.getByRole('option', { name: /^Face 1\b/ }).waitFor();
    await page.waitForLoadState('networkidle');

    const addresses: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.request().method() !== 'POST' || !response.url().endsWith('/assets/')) return;
      addresses.push(response.json().then((reply) => uploadAssetReply.parse(reply).url));
    });
    const rendererBefore = await largestRenderer(browser);
    const memory = await followMemory(browser, session, pid);
    const trace = await traceMainThread(page, session);
    const startedAt = performance.now();
    const secondsSince = () => (performance.now() - startedAt) / 1000;
    await drop(session, files);
    await page.waitForFunction(isDone, 2, { polling: POLLING_MS });
    const firstSeconds = secondsSince();
    await page.waitForFunction(isDone, files.length + 1, { polling: POLLING_MS });
    const seconds = secondsSince();
    const withoutFaces = await page.getByRole('region', { name: 'Finished' }).getByText(' without').count();
    if (withoutFaces > 0) throw new Error('Not every photograph has faces');
    const peaks = await memory.stop();
    const tasks = await longTasksSinceDrop(page);
    const longestTaskCpu = await trace.longestTask();
    const sent = await Promise.all((await Promise.all(addresses)).map(download));
    if (sent.length !== files.length) throw new Error(`${sent.length} uploads for ${files.length} files`);
    return { seconds, firstSeconds, ...tasks, longestTaskCpu, rendererBefore, ...peaks, sent };
  } finally {
    await server.stop();
  }
}

async function download(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

/** How long the product's own workers take for all files when nothing else happens, in seconds. */
async function prepareAlone({ browser }: OpenBrowser, files: readonly string[]): Promise<number> {
  const server = await serveBenchPage(resolve(import.meta.dirname, 'page'));
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(WAIT_MS);
    await page.goto(server.url);
    await page.locator('input').setInputFiles([...files]);
    await page.waitForFunction(() => 'queueBench' in window);
    return (await page.evaluate(() => window.queueBench.prepareAll())) / 1000;
  } finally {
    await server.close();
  }
}

/** How long the bare detector takes for all pictures as they were sent, as many at once as the page asks, in seconds. */
async function detectAlone(pictures: readonly Uint8Array[]): Promise<number> {
  const engine = await createBareEngine();
  try {
    const waiting = [...pictures];
    const startedAt = performance.now();
    const lane = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await engine.detect(next);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return (performance.now() - startedAt) / 1000;
  } finally {
    await engine.release();
  }
}
