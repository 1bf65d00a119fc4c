/**
 * `npm test`: every check in order, each announced in one line. All of them run even after a failure, so that one
 * run tells everything; only a failed build skips what needs it. The last line is the sum that CI reads.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_NAMES, findEngines, lackOf } from '../browsers/engines.ts';
import { createBuildDir, projectRoot, removeBuildDir } from './build-dir.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { runScript, stopChildrenOnSignal } from './processes.ts';
import { countStep, type Failure, noTests, readFailures, readTotals, sum, type Totals, totalsLine } from './totals.ts';

type Step = {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  /** Report that the step writes into the build folder, when it runs tests. */
  readonly report?: string;
  readonly needsBuild?: boolean;
};

const buildDir = createBuildDir('test');
const reportPath = (name: string) => join(buildDir, 'reports', name);
const vitestArgs = (report: string) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportPath(report)}`,
];

const steps: readonly Step[] = [
  { name: 'types', script: 'test:types' },
  { name: 'lint', script: 'test:lint' },
  { name: 'build', script: 'build' },
  { name: 'unit tests', script: 'test:unit', args: vitestArgs('unit.json'), report: 'unit.json' },
  { name: 'stage tests in a real browser', script: 'test:stage', args: vitestArgs('stage.json'), report: 'stage.json' },
  { name: 'end-to-end tests', script: 'test:e2e', report: 'e2e.json', needsBuild: true },
  { name: 'journeys in every engine', script: 'test:browsers', report: 'browsers.json', needsBuild: true },
];

stopChildrenOnSignal(() => removeBuildDir(buildDir));

const chromium = await ensureChromium();
if ('problem' in chromium) {
  removeBuildDir(buildDir);
  console.error(chromium.problem);
  console.log(totalsLine({ ...noTests, failed: 1 }));
  process.exit(1);
}

const env = {
  ...process.env,
  CHROMIUM_PATH: chromium.executablePath,
  FACEBOUND_BUILD_DIR: buildDir,
};

/** Engines that this machine lacks are named by the step itself and at the end; CI has to have them all. */
const engines = await findEngines();
const lack = lackOf(engines);
const mustHaveAll = process.env['CI'] !== undefined;

const outcomes: {
  step: Step;
  verdict: 'ok' | 'failed' | 'not run';
  seconds: number;
  totals: Totals;
  failures: readonly Failure[];
}[] = [];
let isBuilt = false;
for (const step of steps) {
  if (step.needsBuild === true && !isBuilt) {
    outcomes.push({ step, verdict: 'not run', seconds: 0, totals: noTests, failures: [] });
    continue;
  }
  console.log(`\n▸ ${step.name}`);
  const startedAt = performance.now();
  const hasFailed =
    (await runScript(step.script, step.args, {
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath(step.report ?? 'none.json') },
      cwd: projectRoot,
    })) !== 0;
  if (step.script === 'build') isBuilt = !hasFailed;
  outcomes.push({
    step,
    verdict: hasFailed ? 'failed' : 'ok',
    seconds: (performance.now() - startedAt) / 1000,
    totals: countStep(read(step, readTotals) ?? noTests, hasFailed),
    failures: read(step, readFailures) ?? [],
  });
}
removeBuildDir(buildDir);

console.log('');
for (const { step, failures } of outcomes)
  for (const { name, why } of failures) console.log(`✘ ${step.name}: ${name}\n    ${why}`);
for (const { step, verdict, seconds, totals } of outcomes) {
  const counts = step.report === undefined ? '' : `  ${totalsLine(totals)}`;
  console.log(`${verdict.padEnd(7)} ${step.name.padEnd(30)} ${seconds.toFixed(1).padStart(6)} s${counts}`);
}
if (lack !== undefined) console.log(lack);
const missing = mustHaveAll ? ENGINE_NAMES.length - engines.length : 0;
console.log(totalsLine(sum([...outcomes.map(({ totals }) => totals), { ...noTests, failed: missing }])));
process.exitCode = missing === 0 && outcomes.every(({ verdict }) => verdict === 'ok') ? 0 : 1;

function read<T>({ report }: Step, reader: (report: string) => T): T | undefined {
  if (report === undefined || !existsSync(reportPath(report))) return undefined;
  return reader(readFileSync(reportPath(report), 'utf8'));
}
