import { gzipSync } from 'node:zlib';
import { chromium, type Response } from 'playwright';
import { startServer } from '../fixtures/server.ts';
import { findChromium } from '../tools/chromium.ts';
import type { Section } from './report.ts';

const KB = 1024;

/** JavaScript that a browser loads from our real server before a picture can be dropped. */
export async function benchFirstLoad(): Promise<Section[]> {
  const server = await startServer();
  const browser = await chromium.launch(findChromium());
  try {
    const page = await browser.newPage();
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (response.headers()['content-type']?.includes('javascript')) scripts.push(response);
    });
    await page.goto(server.origin);
    await page.getByRole('textbox', { name: 'Image link' }).waitFor();
    // What starts by itself a little later still counts as the first load.
    await page.waitForLoadState('networkidle');
    const sizes = await Promise.all(
      scripts.map(async (response) => ({ raw: await response.body(), url: response.url() })),
    );
    const gzipped = sizes.reduce((sum, { raw }) => sum + gzipSync(raw, { level: 9 }).length, 0);
    const plain = sizes.reduce((sum, { raw }) => sum + raw.length, 0);
    return [
      {
        title: 'First load of the page',
        conditions: `${sizes.length} scripts that Chromium loaded until the page took a picture, gzip level 9`,
        figures: [
          { name: 'JavaScript, gzipped', value: gzipped / KB, unit: 'KB', aim: { atMost: 220 } },
          { name: 'JavaScript, plain', value: plain / KB, unit: 'KB' },
        ],
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}
