/**
 * `npx tsx e2e/tools/screenshots.ts <folder> [name …]`: pictures of the built page in its main states, at the three
 * widths and in both themes, or those that are named (`check-1440-light`), for looking at and for the README. Needs
 * `npm run build` first.
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
    await expect(facebound.page.getByRole('img', { name: /12 faces$/ })).toHaveAttribute('aria-busy', 'false');
    await facebound.settle();
    await facebound.clickFaceOnStage(5);
    await facebound.expectSelected(5);
  },
  crowd: async (facebound) => {
    await facebound.sample('Crowd');
    await facebound.face(60).waitFor({ state: 'attached' });
  },
  check: async (facebound) => {
    const { page, pictures } = facebound;
    for (const sample of ['Portrait', 'Crowd', 'Group'] as const) await facebound.sample(sample);
    for (const name of [/^Portrait, 1 face/, /^Crowd, 64 faces/, /^Group, 12 faces/]) {
      await expect(pictures.getByRole('button', { name })).toBeAttached({ timeout: 30_000 });
    }
    await pictures.getByRole('button', { name: /^Group/ }).click();
    await facebound.expectFaces(12);
    // Where a phone has it in its menu, the key works all the same.
    await expect(page.locator('button[aria-pressed="false"]', { hasText: 'Check' })).toBeEnabled({ timeout: 10_000 });
    await page.keyboard.press('c');
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

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Say where to: npx tsx e2e/tools/screenshots.ts <folder> [name …]');
  process.exit(1);
}
await mkdir(folder, { recursive: true });
const server = await startServer();
const browser = await chromium.launch(findChromium());
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const viewport of SIZES) {
      for (const [state, bringAbout] of Object.entries(STATES)) {
        const name = `${state}-${viewport.width}-${theme}`;
        if (wanted.length > 0 && !wanted.includes(name)) continue;
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
        await facebound.page.screenshot({ path: join(folder, `${name}.png`) });
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
