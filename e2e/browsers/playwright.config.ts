import { randomUUID } from 'node:crypto';
import { defineConfig } from '@playwright/test';
import { findEngines, lackOf } from './engines.ts';
import type { EngineOption } from './test.ts';

const engines = await findEngines();
const lack = lackOf(engines);
// Once, and not by each worker again.
if (lack !== undefined && process.env['FACEBOUND_BROWSERS_RUN'] === undefined) console.warn(lack);

/** Set once by the runner and inherited by its workers, so that runs at the same time keep what they write apart. */
const run = process.env['FACEBOUND_BROWSERS_RUN'] ?? randomUUID().slice(0, 8);
process.env['FACEBOUND_BROWSERS_RUN'] = run;
const jsonReport = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'];

/** The same journeys in every engine that this machine has, by a driver for each (`driver.ts`). */
export default defineConfig<object, EngineOption>({
  testDir: '.',
  outputDir: `../../test-results/${run}`,
  globalTeardown: '../tools/remove-empty-results.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  retries: 0,
  timeout: 240_000,
  // A busy two-core machine decodes, uploads and detects in seconds, not milliseconds.
  expect: { timeout: 60_000 },
  reporter: jsonReport === undefined ? [['list']] : [['list'], ['json', { outputFile: jsonReport }]],
  projects: engines.map((engine) => ({ name: engine, use: { engine } })),
});
