/**
 * `npx tsx e2e/tools/screenshots.ts <folder>`: pictures of the built page in its main states, at the three widths and
 * in both themes, for looking at and for the README. Needs `npm run build` first.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { chromium } from 'playwright';
import { Facebound } from '../fixtures/facebound-page.ts';
import { textFile } from '../fixtures/pictures.ts';
import { startServer } from '../fixtures/server.ts';
import { findChromium } from './chromium.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;

/** What is photographed: each brings a fresh page into its state. */
const STATES: Readonly<Record<string, (facebound: Facebound) => Promise<void>>> = {
  empty: async ({ page }) => {
    await page
      .getByRole('button', { name: /^Sample/ })
      .nth(2)
      .waitFor();
  },
  group: async (facebound) => {
    await facebound.sample('Group');
    await facebound.expectFaces(12);
    await facebound.clickFaceOnStage(5);
    await facebound.expectSelected(5);
  },
  crowd: async (facebound) => {
    await facebound.sample('Crowd');
    await facebound.face(60).waitFor({ state: 'attached' });
  },
  check: async (facebound) => {
    const { page, pictures } = facebound;
    for (const [sample, faces] of [
      ['Portrait', 1],
      ['Crowd', 64],
      ['Group', 12],
    ] as const) {
      await facebound.sample(sample);
      await expect(pictures.getByRole('button', { name: new RegExp(`^${sample}, ${faces} face`) })).toBeAttached();
    }
    // By its name a phone's menu has it too; the key is there at every width.
    await expect(page.getByRole('button', { name: 'Export' })).toBeEnabled();
    await expect(async () => {
      await page.keyboard.press('c');
      await expect(page.getByRole('region', { name: 'Check', exact: true })).toBeVisible({ timeout: 1000 });
    }).toPass();
    for (const [faceNo, key] of [...'rrrrw'].entries()) {
      await page.getByRole('group', { name: `Verdict on face ${faceNo + 1}`, exact: true }).waitFor();
      await page.keyboard.press(key);
    }
    await page.getByRole('group', { name: 'What is wrong' }).waitFor();
  },
  error: async (facebound) => {
    await facebound.sample('Portrait');
    await facebound.expectFaces(1);
    await facebound.drop(textFile());
    await facebound.expectAlert(/notes\.txt/);
  },
};

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Say where to: npx tsx e2e/tools/screenshots.ts <folder>');
  process.exit(1);
}
await mkdir(folder, { recursive: true });
const server = await startServer();
const browser = await chromium.launch(findChromium());
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const viewport of SIZES) {
      for (const [state, bringAbout] of Object.entries(STATES)) {
        const context = await browser.newContext({
          baseURL: server.origin,
          viewport,
          colorScheme: theme,
          hasTouch: viewport.width < 768,
          deviceScaleFactor: viewport.width < 768 ? 2 : 1,
        });
        const facebound = new Facebound(await context.newPage());
        await facebound.open();
        await bringAbout(facebound);
        await facebound.page.waitForLoadState('networkidle');
        await facebound.settle();
        await facebound.page.screenshot({ path: join(folder, `${state}-${viewport.width}-${theme}.png`) });
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
