import puppeteer, { type ConsoleMessage, type HTTPRequest, type Page } from 'puppeteer-core';
import { DRAG_STEPS, type EngineStart, type RunningEngine, WINDOW } from './driver.ts';
import { findFirefox } from './engines.ts';
import { empty, temporaryFolders } from './folders.ts';

/** Longer than a busy machine needs for one command, in milliseconds. */
const PATIENCE_MS = 120_000;

/** Firefox, by puppeteer-core over WebDriver BiDi. */
export async function startFirefox({ eye }: EngineStart): Promise<RunningEngine> {
  const executablePath = findFirefox();
  if (executablePath === undefined) throw new Error('No Firefox on this machine: install it or set FIREFOX_PATH');
  const folders = await temporaryFolders('firefox');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: folders.profile,
    defaultViewport: WINDOW,
    protocolTimeout: PATIENCE_MS,
    timeout: PATIENCE_MS,
    // Two runs at once must not meet in the home of whoever starts them.
    env: { ...process.env, HOME: folders.profile },
    extraPrefsFirefox: {
      'browser.download.folderList': 2,
      'browser.download.dir': folders.downloads,
      'browser.download.useDownloadDir': true,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.download.alwaysOpenPanel': false,
      'browser.helperApps.neverAsk.saveToDisk':
        'image/png,image/jpeg,application/zip,application/json,text/csv,image/svg+xml,application/xml',
      'full-screen-api.warning.timeout': 0,
      'full-screen-api.transition-duration.enter': '0 0',
      'full-screen-api.transition-duration.leave': '0 0',
    },
  });
  return {
    async close() {
      await browser.close();
      await folders.remove();
    },
    async visit() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.evaluateOnNewDocument(eye);
      const problems = watch(page);
      const { mouse, keyboard } = page;
      return {
        engine: 'firefox',
        downloads: folders.downloads,
        handed: folders.handed,
        async open(url) {
          await page.goto(url);
        },
        async reload() {
          await page.reload();
        },
        resizeTo: (width, height) => page.setViewport({ width, height }),
        evaluate: (expression) => page.evaluate(expression),
        async upload(paths) {
          const input = await page.$('input[type=file]');
          if (input === null) throw new Error('The page takes no files');
          await input.uploadFile(...paths);
        },
        click: ({ x, y }, count = 1) => mouse.click(x, y, { count }),
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
          await mouse.wheel({ deltaY });
          if (held !== undefined) await keyboard.up(held);
        },
        async drag(from, to) {
          await mouse.move(from.x, from.y);
          await mouse.down();
          await mouse.move(to.x, to.y, { steps: DRAG_STEPS });
          await mouse.up();
        },
        screenshot: async () => Buffer.from(await page.screenshot()),
        problems: () => problems,
        async close() {
          await context.close();
          for (const folder of [folders.downloads, folders.handed]) await empty(folder);
        },
      };
    },
  };
}

/** A font that was still on its way when the page was left or loaded anew; the number is `NS_BINDING_ABORTED`. */
const FONT_CALLED_OFF = /downloadable font: download failed .*status=2152398850\b/;

/** What a page says and fails to fetch. A call that the page itself calls off is no failure. */
function watch(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() !== 'error' && message.type() !== 'warn') return;
    problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : `${error}`;
    if (FONT_CALLED_OFF.test(text)) return;
    problems.push(`page error: ${text}`);
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    problems.push(`response ${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  page.on('requestfailed', (request: HTTPRequest) => {
    const reason = request.failure()?.errorText ?? 'no reason';
    if (reason === 'NS_BINDING_ABORTED' || reason === 'NS_ERROR_ABORT') return;
    problems.push(`request failed: ${request.method()} ${request.url()} (${reason})`);
  });
  return problems;
}
