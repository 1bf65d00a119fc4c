import { readdirSync, rmSync } from 'node:fs';
import type { FullConfig } from '@playwright/test';

/** After a run: a folder of traces stays only when a test left one. */
export default function removeEmptyResults(config: FullConfig): void {
  for (const { outputDir } of config.projects) {
    try {
      if (readdirSync(outputDir).every((name) => name.startsWith('.'))) rmSync(outputDir, { recursive: true });
    } catch {
      // No test wrote anything: there is no folder.
    }
  }
}
