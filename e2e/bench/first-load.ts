import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Response } from 'playwright';
import { z } from 'zod';
import { startServer } from '../fixtures/server.ts';
import { findChromium } from '../tools/chromium.ts';
import type { Section } from './report.ts';
import { median } from './statistics.ts';

const KB = 1024;

/** When the page could take a picture, and when each file was asked for; milliseconds since the page was opened. */
const timings = z.object({ readyAt: z.number(), startedAt: z.record(z.string(), z.number()) });

/** Milliseconds since the page was opened. */
const paints = z.object({ first: z.number(), largest: z.number(), ready: z.number() });

/** A phone on a slow line, as Lighthouse has it: processor four times slower, 1.6 Mbit/s, 150 ms there and back. */
const PHONE = { slower: 4, bytesPerSecond: (1.6 * 1024 * 1024) / 8, latencyMs: 150 };
const PHONE_VISITS = 5;

/**
 * JavaScript that a browser asks our real server for before a picture can be dropped, what the page fetches ahead
 * afterwards by itself, and how soon a slow phone shows the page and can take a picture.
 */
export async function benchFirstLoad(): Promise<Section[]> {
  const server = await startServer();
  const browser = await chromium.launch(findChromium());
  try {
    return [await scriptsOf(browser, server.origin), await phoneVisits(browser, server.origin)];
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Marks the moment at which a picture can be dropped. */
function markReady(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector('input[type="file"]') === null) return;
    performance.mark('facebound-ready');
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
}

async function phoneVisits(browser: Browser, origin: string): Promise<Section> {
  const visits: z.infer<typeof paints>[] = [];
  for (let visit = 0; visit < PHONE_VISITS; visit++) {
    const context = await browser.newContext({ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: PHONE.latencyMs,
      downloadThroughput: PHONE.bytesPerSecond,
      uploadThroughput: PHONE.bytesPerSecond / 2,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: PHONE.slower });
    await page.addInitScript(markReady);
    await page.goto(origin);
    await page.getByRole('textbox', { name: 'Image link' }).waitFor();
    await page.waitForLoadState('networkidle');
    visits.push(
      paints.parse(
        await page.evaluate(
          () =>
            new Promise((resolve) => {
              new PerformanceObserver((list) => {
                resolve({
                  first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
                  largest: list.getEntries().at(-1)?.startTime,
                  ready: performance.getEntriesByName('facebound-ready')[0]?.startTime,
                });
              }).observe({ type: 'largest-contentful-paint', buffered: true });
            }),
        ),
      ),
    );
    await context.close();
  }
  const middle = (of: keyof z.infer<typeof paints>) => median(visits.map((visit) => visit[of]));
  return {
    title: 'First visit on a slow phone',
    conditions: `${PHONE_VISITS} visits, median; processor ${PHONE.slower} times slower, 1.6 Mbit/s, ${PHONE.latencyMs} ms there and back`,
    figures: [
      { name: 'first paint', value: middle('first'), unit: 'ms' },
      { name: 'largest paint', value: middle('largest'), unit: 'ms' },
      { name: 'a picture can be dropped', value: middle('ready'), unit: 'ms' },
      { name: 'first paint ÷ a picture can be dropped', value: middle('first') / middle('ready'), unit: '×' },
    ],
  };
}

async function scriptsOf(browser: Browser, origin: string): Promise<Section> {
  const page = await browser.newPage();
  try {
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (response.headers()['content-type']?.includes('javascript')) scripts.push(response);
    });
    await page.addInitScript(markReady);
    await page.goto(origin);
    await page.getByRole('textbox', { name: 'Image link' }).waitFor();
    await page.waitForLoadState('networkidle');
    const { readyAt, startedAt } = timings.parse(
      await page.evaluate(() => ({
        readyAt: performance.getEntriesByName('facebound-ready')[0]?.startTime,
        startedAt: Object.fromEntries(
          performance.getEntriesByType('resource').map(({ name, startTime }) => [name, startTime]),
        ),
      })),
    );
    const sizes = await Promise.all(
      scripts.map(async (response) => ({
        gzipped: gzipSync(await response.body(), { level: 9 }).length,
        isFirst: (startedAt[response.url()] ?? 0) < readyAt,
      })),
    );
    const sum = (isFirst: boolean) =>
      sizes.filter((size) => size.isFirst === isFirst).reduce((total, { gzipped }) => total + gzipped, 0);
    return {
      title: 'First load of the page',
      conditions: `${sizes.length} scripts that Chromium loaded, gzip level 9`,
      figures: [
        {
          name: 'JavaScript before a picture can be dropped',
          value: sum(true) / KB,
          unit: 'KB',
          aim: { atMost: 160 },
        },
        { name: 'JavaScript fetched ahead afterwards', value: sum(false) / KB, unit: 'KB' },
      ],
    };
  } finally {
    await page.close();
  }
}
