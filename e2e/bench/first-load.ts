import { gzipSync } from 'node:zlib';
import { chromium, type Response } from 'playwright';
import { z } from 'zod';
import { startServer } from '../fixtures/server.ts';
import { findChromium } from '../tools/chromium.ts';
import type { Section } from './report.ts';

const KB = 1024;

/** When the page could take a picture, and when each file was asked for; milliseconds since the page was opened. */
const timings = z.object({ readyAt: z.number(), startedAt: z.record(z.string(), z.number()) });

/**
 * JavaScript that a browser asks our real server for before a picture can be dropped, and what the page fetches ahead
 * afterwards by itself.
 */
export async function benchFirstLoad(): Promise<Section[]> {
  const server = await startServer();
  const browser = await chromium.launch(findChromium());
  try {
    const page = await browser.newPage();
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (response.headers()['content-type']?.includes('javascript')) scripts.push(response);
    });
    await page.addInitScript(() => {
      const observer = new MutationObserver(() => {
        if (document.querySelector('input[type="file"]') === null) return;
        performance.mark('facebound-ready');
        observer.disconnect();
      });
      observer.observe(document, { childList: true, subtree: true });
    });
    await page.goto(server.origin);
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
    return [
      {
        title: 'First load of the page',
        conditions: `${sizes.length} scripts that Chromium loaded, gzip level 9`,
        figures: [
          {
            name: 'JavaScript before a picture can be dropped',
            value: sum(true) / KB,
            unit: 'KB',
            aim: { atMost: 220 },
          },
          { name: 'JavaScript fetched ahead afterwards', value: sum(false) / KB, unit: 'KB' },
        ],
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}
