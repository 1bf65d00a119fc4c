import path from 'node:path';
import { expect, test } from 'vitest';
import { readSource } from '#testing/read-source.ts';
import { importsOf } from '#testing/rooms.ts';

/** Every package that a program brings into its process, and how it gets there. */
function packagesOf(entry: string): ReadonlyMap<string, string> {
  const source = readSource();
  const packages = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = source.get(file);
    if (text === undefined) throw new Error(`There is no ${file}`);
    for (const specifier of importsOf(file, text)) {
      const target = specifier.startsWith('#')
        ? `src/${specifier.slice(1)}`
        : specifier.startsWith('.')
          ? path.posix.join(path.posix.dirname(file), specifier)
          : undefined;
      if (target === undefined) packages.set(specifier, [...way, file].join(' → '));
      else visit(target, [...way, file]);
    }
  };
  visit(entry, []);
  return packages;
}

test.each(['sharp', 'onnxruntime-node'])('the server’s own process never holds %s', (name) => {
  expect(packagesOf('src/server/main.ts').has('undici')).toBe(true);
  expect(packagesOf('src/server/main.ts').get(name)).toBeUndefined();
});

test('the process that looks at uploads and links has a decoder and no networks', () => {
  const packages = packagesOf('src/server/picture-check/child.ts');
  expect([packages.has('sharp'), packages.has('onnxruntime-node')]).toEqual([true, false]);
});
