import { randomUUID } from 'node:crypto';
import { defineConfig, devices } from '@playwright/test';
import { findHeadlessShell } from './tools/chromium.ts';

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
    launchOptions: findHeadlessShell(),
    // A failure leaves its picture and the page as a screen reader has it. Tracing every test takes a fifth of the
    // processor; for one that failed, `npm run test:e2e -- --trace on <name>` tells the rest.
    screenshot: 'only-on-failure',
    actionTimeout: 20_000,
  },
});
