import { randomUUID } from 'node:crypto';
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './tools/chromium.ts';

/** Set once by the runner and inherited by its workers, so that runs at the same time keep their traces apart. */
const run = process.env['FACEBOUND_E2E_RUN'] ?? randomUUID().slice(0, 8);
process.env['FACEBOUND_E2E_RUN'] = run;
const jsonReport = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'];

export default defineConfig({
  testDir: './specs',
  outputDir: `../test-results/${run}`,
  globalTeardown: './tools/remove-empty-results.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  retries: 0,
  timeout: 90_000,
  // A busy two-core machine decodes, uploads and detects in seconds, not milliseconds.
  expect: { timeout: 20_000 },
  reporter: jsonReport === undefined ? [['list']] : [['list'], ['json', { outputFile: jsonReport }]],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    launchOptions: findChromium(),
    // Without the film: the DOM at every step tells more, and filming takes a quarter of the processor in every test.
    trace: { mode: 'retain-on-failure', screenshots: false },
    actionTimeout: 20_000,
  },
});
