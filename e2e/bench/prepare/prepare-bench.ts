import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright';
import { MAX_SENT_SIDE } from '#contract/limits.ts';
import { findChromium } from '../../tools/chromium.ts';
import { serveBenchPage } from '../bench-page-server.ts';
import { withPeakMemory } from '../peak-memory.ts';
import { photograph, rawPhotograph } from '../photographs.ts';
import type { Section } from '../report.ts';
import { median } from '../statistics.ts';
import type { Timed } from './page/bench-page.ts';

const ROUNDS = 7;
const SIZE = { width: 6000, height: 4000 };
const FILE = 'photograph.jpg';
const MB = 1e6;

/**
 * Time and memory to prepare a photograph of 24 megapixels in the product's own worker, against the browser's plain
 * `createImageBitmap` and `toBlob` turn by turn: once to the size that we send, once without shrinking it.
 */
export async function benchPrepare({ rounds = ROUNDS } = {}): Promise<Section[]> {
  const bytes = await photograph(
    await rawPhotograph({ ...SIZE, seed: 'prepare', count: 9, layout: 'group' }),
    { left: 0, top: 0, ...SIZE },
    1,
  );
  const server = await serveBenchPage(resolve(import.meta.dirname, 'page'));
  try {
    await writeFile(join(server.folder, FILE), bytes);
    const times = await withBrowser(server.url, (page) => measureTimes(page, rounds));
    // Each in a browser of its own: what one leaves behind would count for the next.
    const peakOf = (run: (page: Page) => Promise<Timed>) =>
      withBrowser(server.url, async (page, pid) => {
        const { before, peak } = await withPeakMemory(pid, () => run(page));
        return (peak - before) / MB;
      });
    const [oursPeak, plainPeak] = [await peakOf(ours), await peakOf(plain)];
    const [{ width, height, bytes: sentBytes }] = times.ours;
    return [
      {
        title: 'Preparing a photograph',
        conditions: `JPEG of ${SIZE.width}×${SIZE.height} pixels and ${(bytes.length / MB).toFixed(1)} MB with camera and place in it, sent as ${width}×${height} and ${(sentBytes / MB).toFixed(1)} MB; median of ${rounds} rounds in turn, Chromium without a GPU; memory is resident, of all browser processes, above what they held before`,
        figures: [
          { name: 'ours', value: median(times.ours.map(({ ms }) => ms)), unit: 'ms' },
          { name: 'plain, to the same size', value: median(times.plain.map(({ ms }) => ms)), unit: 'ms' },
          { name: 'plain, full size', value: median(times.fullSize.map(({ ms }) => ms)), unit: 'ms' },
          {
            name: 'ours to plain, same size',
            value: median(times.ours.map(({ ms }, round) => ms / (times.plain[round]?.ms ?? Number.NaN))),
            unit: '',
            aim: { atMost: 1.5 },
          },
          {
            name: 'ours to plain, full size',
            value: median(times.ours.map(({ ms }, round) => ms / (times.fullSize[round]?.ms ?? Number.NaN))),
            unit: '',
          },
          { name: 'peak memory, ours', value: oursPeak, unit: 'MB' },
          { name: 'peak memory, plain', value: plainPeak, unit: 'MB' },
          { name: 'peak memory, ours to plain', value: oursPeak / plainPeak, unit: '' },
        ],
      },
    ];
  } finally {
    await server.close();
  }
}

const ours = (page: Page): Promise<Timed> => page.evaluate(() => window.prepareBench.ours());
const plain = (page: Page, longSide = MAX_SENT_SIDE): Promise<Timed> =>
  page.evaluate((side) => window.prepareBench.plain(side), longSide);

type Times = Readonly<Record<'ours' | 'plain' | 'fullSize', readonly [Timed, ...Timed[]]>>;

async function measureTimes(page: Page, rounds: number): Promise<Times> {
  const round = async () => ({
    ours: await ours(page),
    plain: await plain(page),
    fullSize: await plain(page, Number.POSITIVE_INFINITY),
  });
  // The first of each starts workers and fills caches; the one after it counts.
  await round();
  const first = await round();
  const times: { ours: [Timed, ...Timed[]]; plain: [Timed, ...Timed[]]; fullSize: [Timed, ...Timed[]] } = {
    ours: [first.ours],
    plain: [first.plain],
    fullSize: [first.fullSize],
  };
  for (let done = 1; done < rounds; done++) {
    const next = await round();
    times.ours.push(next.ours);
    times.plain.push(next.plain);
    times.fullSize.push(next.fullSize);
  }
  return times;
}

async function withBrowser<T>(url: string, run: (page: Page, pid: number) => Promise<T>): Promise<T> {
  const launch = findChromium();
  const server = await chromium.launchServer({ ...launch, args: [...launch.args, '--disable-gpu'] });
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(url);
    await page.waitForFunction(() => 'prepareBench' in window);
    await page.evaluate((path) => window.prepareBench.load(path), FILE);
    return await run(page, server.process().pid ?? 0);
  } finally {
    await server.close();
  }
}
