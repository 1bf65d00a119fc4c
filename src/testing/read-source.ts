import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Source text by path from the project's root (`src/shared/face.ts`), with forward slashes. */
export type SourceTree = ReadonlyMap<string, string>;

/** Every module of `src`, tests among them. */
export function readSource(): Map<string, string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const entries = readdirSync(fileURLToPath(new URL('..', import.meta.url)), { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
      .map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  );
}
