import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Download } from '@playwright/test';
import { watchPage } from '../fixtures/page-watch.ts';
import { findHeadlessShell } from '../tools/chromium.ts';
import { DRAG_STEPS, type EngineStart, type RunningEngine, WINDOW } from './driver.ts';
import { PART, temporaryFolders } from './folders.ts';

/** Chromium, by Playwright. */
export async function startChromium({ eye }: EngineStart): Promise<RunningEngine> {
  const browser = await chromium.launch(findHeadlessShell());
  return {
    close: () => browser.close(),
    async visit() {
      const folders = await temporaryFolders('chromium');
      const context = await browser.newContext({ viewport: WINDOW });
      await context.addInitScript(eye);
      const page = await context.newPage();
      // Watched from the first address that is opened: whose page it is decides who is a stranger.
      let watch: Awaited<ReturnType<typeof watchPage>> | undefined;
      page.on('download', (download) => void keep(download, folders.downloads));
      const { mouse, keyboard } = page;
      return {
        engine: 'chromium',
        downloads: folders.downloads,
        handed: folders.handed,
        async open(url) {
          watch ??= await watchPage(page, new URL(url).origin);
          await page.goto(url);
        },
        async reload() {
          await page.reload();
        },
        resizeTo: (width, height) => page.setViewportSize({ width, height }),
        evaluate: (expression) => page.evaluate<unknown>(expression),
        upload: (paths) => page.locator('input[type=file]').setInputFiles([...paths]),
        click: ({ x, y }, clickCount = 1) => mouse.click(x, y, { clickCount }),
        moveTo: ({ x, y }) => mouse.move(x, y),
        press: (key) => keyboard.press(key),
        async hold(key, meanwhile) {
          await keyboard.down(key);
          await meanwhile();
          await keyboard.up(key);
        },
        type: (text) => keyboard.type(text),
        async wheel({ x, y }, deltaY, held) {
          await mouse.move(x, y);
          if (held !== undefined) await keyboard.down(held);
          await mouse.wheel(0, deltaY);
          if (held !== undefined) await keyboard.up(held);
        },
        async drag(from, to) {
          await mouse.move(from.x, from.y);
          await mouse.down();
          await mouse.move(to.x, to.y, { steps: DRAG_STEPS });
          await mouse.up();
        },
        screenshot: () => page.screenshot(),
        problems: () => watch?.undeclared() ?? [],
        async close() {
          await context.close();
          await folders.remove();
        },
      };
    },
  };
}

/** Under its own name only once it is whole, as the other engines do it. */
async function keep(download: Download, folder: string): Promise<void> {
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(`${path}${PART}`);
  await rename(`${path}${PART}`, path);
}
