import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Build folders of runs live inside the project, because built code looks for its packages upwards from there. */
const parent = join(projectRoot, '.facebound');

/** A run that was killed cannot clean up; its folder goes when it is a day old. */
const LEFTOVER_MS = 24 * 60 * 60 * 1000;

/** A new, empty build folder for one run, so that two runs at once never share one. */
export function createBuildDir(kind: 'test' | 'bench' | 'screenshots'): string {
  mkdirSync(parent, { recursive: true });
  removeLeftovers();
  return mkdtempSync(join(parent, `${kind}-`));
}

export const removeBuildDir = (path: string): void => rmSync(path, { recursive: true, force: true });

function removeLeftovers(): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (/^(test|bench|screenshots)-/.test(name) && Date.now() - modified > LEFTOVER_MS) removeBuildDir(path);
  }
}
