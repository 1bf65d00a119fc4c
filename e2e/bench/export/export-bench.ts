import { resolve } from 'node:path';
import { chromium, type Page } from 'playwright';
import { findChromium } from '../../tools/chromium.ts';
import { serveBenchPage } from '../bench-page-server.ts';
import type { Section } from '../report.ts';
import { mean, median } from '../statistics.ts';
import type { Timed } from './page/bench-page.ts';
import { residentBytesOfTree } from './process-tree.ts';

const ROUNDS = 3;
const BATCH = 200;
const SAMPLE_MS = 250;
const MB = 1e6;

/**
 * Measures exports in one browser without a GPU: the annotated PNG of a 24-megapixel picture with a hundred faces
 * against plain drawing and `toBlob`, turn by turn, and the memory of the whole browser through a batch.
 */
export async function runExportBench({ rounds = ROUNDS, pictures = BATCH } = {}): Promise<Section[]> {
  const server = await serveBenchPage(resolve(import.meta.dirname, 'page'));
  const launch = findChromium();
  const browserServer = await chromium.launchServer({ ...launch, args: [...launch.args, '--disable-gpu'] });
  const memory = () => residentBytesOfTree(browserServer.process().pid ?? 0);
  try {
    const browser = await chromium.connect(browserServer.wsEndpoint());
    const page = await browser.newPage();
    page.setDefaultTimeout(600_000);
    await page.goto(server.url);
    await page.waitForFunction(() => 'exportBench' in window);
    const single = await measureSingle(page, rounds, memory);
    const batch = await measureBatch(page, pictures, memory);
    await browser.close();
    return [single, batch];
  } finally {
    await browserServer.close();
    await server.close();
  }
}

async function measureSingle(page: Page, rounds: number, memory: () => Promise<number>): Promise<Section> {
  const ours: Timed[] = [];
  const plain: Timed[] = [];
  let oursPeak = 0;
  let plainPeak = 0;
  // The first of each starts workers and fills caches.
  for (let round = 0; round <= rounds; round++) {
    const first = await withPeak(() => page.evaluate(() => window.exportBench.ours()), memory);
    const second = await withPeak(() => page.evaluate(() => window.exportBench.plain()), memory);
    if (round === 0) continue;
    ours.push(first.value);
    plain.push(second.value);
    oursPeak = Math.max(oursPeak, first.peak);
    plainPeak = Math.max(plainPeak, second.peak);
  }
  const total = (times: readonly Timed[]) => median(times.map((time) => time.total));
  const block = (times: readonly Timed[]) => Math.max(...times.map((time) => time.longestBlock));
  return {
    title: 'Annotated export',
    conditions: `6000×4000 pixels, 100 faces; median of ${rounds} rounds in turn; memory is resident, of all browser processes`,
    figures: [
      { name: 'ours', value: total(ours), unit: 'ms' },
      { name: 'plain drawing and toBlob', value: total(plain), unit: 'ms' },
      { name: 'ours to plain', value: total(ours) / total(plain), unit: '', aim: { atMost: 2 } },
      { name: 'page away at a time, ours', value: block(ours), unit: 'ms' },
      { name: 'page away at a time, plain', value: block(plain), unit: 'ms' },
      { name: 'peak memory, ours', value: oursPeak / MB, unit: 'MB' },
      { name: 'peak memory, plain', value: plainPeak / MB, unit: 'MB' },
    ],
  };
}

async function withPeak<T>(run: () => Promise<T>, memory: () => Promise<number>): Promise<{ value: T; peak: number }> {
  let peak = 0;
  let isRunning = true;
  const watching = (async () => {
    while (isRunning) {
      peak = Math.max(peak, await memory());
      await new Promise((done) => setTimeout(done, SAMPLE_MS));
    }
  })();
  try {
    return { value: await run(), peak };
  } finally {
    isRunning = false;
    await watching;
  }
}

async function measureBatch(page: Page, pictures: number, memory: () => Promise<number>): Promise<Section> {
  const samples: { done: number; bytes: number }[] = [];
  const start = performance.now();
  await page.evaluate((count) => window.exportBench.beginBatch(count), pictures);
  let state = await page.evaluate(() => window.exportBench.batch());
  while (!state.ended) {
    await new Promise((done) => setTimeout(done, SAMPLE_MS));
    samples.push({ done: state.done, bytes: await memory() });
    state = await page.evaluate(() => window.exportBench.batch());
  }
  const seconds = (performance.now() - start) / 1000;
  const between = (from: number, to: number) =>
    mean(samples.filter(({ done }) => done >= from * pictures && done < to * pictures).map(({ bytes }) => bytes)) / MB;
  const [middle, end] = [between(0.3, 0.65), between(0.65, 1)];
  return {
    title: 'Batch export',
    conditions: `${pictures} pictures of 2048×1365 with 100 faces as annotated PNG into one ZIP that is streamed away`,
    figures: [
      { name: 'pictures a second', value: pictures / seconds, unit: '' },
      { name: 'size of the ZIP', value: state.bytes / MB, unit: 'MB' },
      { name: 'peak memory', value: Math.max(...samples.map(({ bytes }) => bytes)) / MB, unit: 'MB' },
      { name: 'mean of the middle third', value: middle, unit: 'MB' },
      { name: 'mean of the last third', value: end, unit: 'MB' },
      { name: 'growth between the two', value: (end / middle - 1) * 100, unit: '%', aim: { atMost: 5 } },
    ],
  };
}
