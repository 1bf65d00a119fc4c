/**
 * `npm run audit`: asks the registry what is known against the packages that run on a server (`npm audit --omit=dev`).
 * Fails when something is, at level high or critical. A registry that does not answer, or no network, fails nothing.
 */

import { readAudit } from './audit-report.ts';
import { projectRoot } from './build-dir.ts';
import { exitOf, start } from './processes.ts';

/** Longest that the registry may take, in milliseconds. */
const TIMEOUT_MS = 60_000;

const npm = start('npm', ['audit', '--omit=dev', '--json'], {
  cwd: projectRoot,
  stdio: ['ignore', 'pipe', 'ignore'],
  shell: process.platform === 'win32',
  timeout: TIMEOUT_MS,
});
let output = '';
npm.stdout?.setEncoding('utf8').on('data', (text: string) => {
  output += text;
});
await exitOf(npm);
const verdict = readAudit(output);
switch (verdict.kind) {
  case 'clean':
    console.log('Nothing is known against the packages that run.');
    break;
  case 'no-answer':
    console.log(`The registry did not say what is known against the packages that run (${verdict.why}).`);
    break;
  case 'found':
    console.log(`Known against the packages that run:\n${verdict.lines.map((line) => `  ${line}`).join('\n')}`);
    if (verdict.fails) process.exitCode = 1;
    break;
}
