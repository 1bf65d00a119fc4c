import { writeFile } from 'node:fs/promises';
import { test as base, expect } from '../fixtures/test.ts';
import { startChromium } from './chromium-driver.ts';
import type { Driver, EngineStart, RunningEngine } from './driver.ts';
import type { EngineName } from './engines.ts';
import { startFirefox } from './firefox-driver.ts';
import { bundleEye } from './in-page/bundle.ts';
import { Visitor } from './visitor.ts';
import { startWebKit } from './webkit-driver.ts';

export type EngineOption = { readonly engine: EngineName };

type TestFixtures = {
  /** A window of the engine; the test fails for every problem that it tells. */
  readonly driver: Driver;
  /** Somebody in front of that window. */
  readonly visitor: Visitor;
};

type WorkerFixtures = EngineOption & { readonly running: RunningEngine };

const START: Readonly<Record<EngineName, (start: EngineStart) => Promise<RunningEngine>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
};

/** The same journey for each engine: each is a project of `playwright.config.ts`. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: ['chromium', { option: true, scope: 'worker' }],

  running: [
    async ({ engine }, use) => {
      const running = await START[engine]({ eye: await bundleEye() });
      await use(running);
      await running.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  driver: async ({ running }, use, testInfo) => {
    const driver = await running.visit();
    await use(driver);
    const problems = [...driver.problems()];
    if (testInfo.status !== testInfo.expectedStatus) {
      const shown = await driver.screenshot().catch(() => undefined);
      if (shown !== undefined) {
        const path = testInfo.outputPath('window.png');
        await writeFile(path, shown);
        await testInfo.attach('the window', { path });
      }
    }
    await driver.close();
    expect(problems).toEqual([]);
  },

  visitor: async ({ driver, server }, use) => use(new Visitor(driver, server.origin)),
});

export { expect };
