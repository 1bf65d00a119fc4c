import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';

/** What a browser refuses when it blocks site data; some throw at the mere mention, which makes the page white. */
const GLOBALS = new Set([
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'BroadcastChannel',
  'SharedWorker',
  'caches',
  'cookieStore',
]);
const OF_NAVIGATOR = new Set(['locks', 'storage', 'serviceWorker']);

/** The only modules that may name them: every other one asks these. */
const GUARDED = new Set(['src/page/platform/browser-storage.ts', 'src/page/platform/page-database.ts']);

/** Names the source of the page's modules that touch what only the guarded place may touch. */
function unguardedUses(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  if (errors[0] !== undefined) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  const found: string[] = [];
  new Visitor({
    Identifier: ({ name }) => {
      if (GLOBALS.has(name)) found.push(name);
    },
    MemberExpression: ({ object, property }) => {
      if (object.type !== 'Identifier' || property.type !== 'Identifier') return;
      if (object.name === 'navigator' && OF_NAVIGATOR.has(property.name)) found.push(`navigator.${property.name}`);
      if (object.name === 'document' && property.name === 'cookie') found.push('document.cookie');
    },
    ImportDeclaration: ({ source: { value }, importKind }) => {
      if (value === 'idb' && importKind !== 'type') found.push('idb');
    },
  }).visit(program);
  return found.map((name) => `${path}: ${name}`);
}

function pageModules(): Map<string, string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  return new Map(
    readdirSync(fileURLToPath(new URL('..', import.meta.url)), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
      .map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')] as const)
      .filter(([path]) => /^src\/(contract|shared|face-canvas|page)\//.test(path)),
  );
}

describe('what the browser keeps for this site', () => {
  it('is touched in one guarded place only', () => {
    const modules = pageModules();
    for (const path of GUARDED) expect(modules.has(path)).toBe(true);
    const uses = [...modules].flatMap(([path, source]) => (GUARDED.has(path) ? [] : unguardedUses(path, source)));
    expect(uses).toEqual([]);
  });

  it('is found however it is named', () => {
    const source = `
      import { openDB } from 'idb';
      import type { DBSchema } from 'idb';
      window.localStorage.getItem('a');
      const { sessionStorage: own } = globalThis;
      new BroadcastChannel('a');
      navigator.locks?.query();
      navigator.storage.estimate();
      document.cookie = 'a=b';
      // localStorage in a comment, 'indexedDB' in a text
      const text = 'indexedDB';
    `;
    expect(unguardedUses('x.ts', source).toSorted()).toEqual(
      [
        'x.ts: idb',
        'x.ts: localStorage',
        'x.ts: sessionStorage',
        'x.ts: BroadcastChannel',
        'x.ts: navigator.locks',
        'x.ts: navigator.storage',
        'x.ts: document.cookie',
      ].toSorted(),
    );
  });
});
