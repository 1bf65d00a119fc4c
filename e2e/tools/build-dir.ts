import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A run that was killed cannot clean up; its folder goes when it is a day old. */
const LEFTOVER_MS = 24 * 60 * 60 * 1000;

const PREFIX = 'dist.';

/**
 * A new, empty build folder for one run, so that two runs at once never share one. It lies beside `dist`, because
 * built code looks for its packages and for package.json from there.
 */
export function createBuildDir(kind: 'test' | 'bench' | 'screenshots'): string {
  removeLeftovers();
  return mkdtempSync(join(projectRoot, `${PREFIX}${kind}-`));
}

export const removeBuildDir = (path: string): void => rmSync(path, { recursive: true, force: true });

function removeLeftovers(): void {
  for (const name of readdirSync(projectRoot)) {
    const path = join(projectRoot, name);
    if (!/^dist\.(test|bench|screenshots)-/.test(name)) continue;
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - modified > LEFTOVER_MS) removeBuildDir(path);
  }
}
