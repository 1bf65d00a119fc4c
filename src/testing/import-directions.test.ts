import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkImportDirections, importsOf } from './import-directions.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function readSource(): Map<string, string> {
  const entries = readdirSync(fileURLToPath(new URL('..', import.meta.url)), { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
      .map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  );
}

const check = (files: Record<string, string>) => checkImportDirections(new Map(Object.entries(files)));

describe('the import directions of this project', () => {
  it('hold in every module of src', () => {
    const source = readSource();
    expect(source.has('src/domain/face.ts')).toBe(true);
    expect(checkImportDirections(source)).toEqual([]);
  });
});

describe('the check of import directions', () => {
  it('finds every way to name a module', () => {
    const source = `
      import a from './static.ts';
      import type { B } from '#lib/type.ts';
      export * from './all.ts';
      export { c } from './named.ts';
      const lazy = () => import('./lazy.ts');
      type D = import('#domain/inline.ts').D;
      new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      const shown = <T,>(value: T) => <p>{String(value)} import x from './text.ts'</p>;
    `;
    expect(importsOf('src/lib/x.tsx', source).toSorted()).toEqual(
      [
        './static.ts',
        '#lib/type.ts',
        './all.ts',
        './named.ts',
        './lazy.ts',
        '#domain/inline.ts',
        './worker.ts',
      ].toSorted(),
    );
  });

  it('throws on a module that it cannot read, instead of passing it', () => {
    expect(() => check({ 'src/lib/broken.ts': 'import {' })).toThrow('src/lib/broken.ts cannot be parsed');
  });

  it('accepts what points downwards', () => {
    expect(
      check({
        'src/contract/a.ts': "import { z } from 'zod';",
        'src/domain/a.ts': "import type { A } from '#contract/a.ts'; import './b.ts';",
        'src/domain/b.ts': '',
        'src/features/stage/a.tsx': "import '#lib/a.ts'; import './parts/b.ts'; import 'react-konva';",
        'src/features/stage/parts/b.ts': "import '#domain/b.ts';",
        'src/app/main.tsx': "import '#features/stage/a.tsx'; import './theme.css';",
        'src/server/main.ts': "import 'node:fs'; import 'hono'; import '#contract/a.ts';",
        'src/server/main.test.ts': "import '#testing/help.ts'; import './main.ts';",
        'src/testing/help.ts': "import '#server/main.ts';",
        'src/features/stage/a.browser.test.tsx': "import '#app/theme.css'; import './a.tsx';",
      }),
    ).toEqual([]);
  });

  it.each([
    ['contract importing domain', 'src/contract/a.ts', '#domain/b.ts', 'contract is the wire alone'],
    ['contract importing a package other than zod', 'src/contract/a.ts', 'undici', 'contract is the wire alone'],
    ['domain importing lib', 'src/domain/a.ts', '#lib/b.ts', 'domain is pure'],
    ['domain importing a package', 'src/domain/a.ts', 'react', 'domain is pure'],
    ['domain importing Node', 'src/domain/a.ts', 'node:fs', 'without Node'],
    ['lib importing a feature', 'src/lib/a.ts', '#features/stage/b.ts', 'lib serves the features'],
    ['a feature importing another', 'src/features/list/a.ts', '#features/stage/b.ts', 'let #app/ compose features'],
    ['a feature importing another by path', 'src/features/list/a.ts', '../stage/b.ts', 'let #app/ compose features'],
    ['a feature importing the app', 'src/features/list/a.ts', '#app/b.ts', 'let #app/ compose features'],
    ['the page importing the server', 'src/app/a.ts', '#server/b.ts', 'talk to the server over HTTP'],
    ['the page importing a package of the server', 'src/app/a.ts', 'sharp', 'sharp is for the server'],
    ['the server importing the browser code', 'src/server/a.ts', '#lib/b.ts', 'the server imports #contract/'],
    [
      'the server importing a package of the browser',
      'src/server/a.ts',
      'react-dom/server',
      'react-dom is for the browser',
    ],
    ['the product importing test helpers', 'src/lib/a.ts', '#testing/b.ts', 'test helpers are for tests'],
    ['anything importing a test', 'src/domain/a.ts', './b.test.ts', 'nothing imports a test'],
    ['a module leaving its area by path', 'src/lib/a.ts', '../domain/b.ts', 'write #domain/b.ts'],
    ['a module importing from outside src', 'src/lib/a.ts', '../../e2e/b.ts', 'lib serves the features'],
  ])('names the alternative for %s', (_, path, specifier, message) => {
    expect(check({ [path]: `import '${specifier}';` })).toEqual([
      expect.stringContaining(`${path} imports ${specifier}: `),
    ]);
    expect(check({ [path]: `import '${specifier}';` })).toEqual([expect.stringContaining(message)]);
  });

  it('finds a cycle, also through types and re-exports', () => {
    expect(
      check({
        'src/domain/a.ts': "import './b.ts';",
        'src/domain/b.ts': "export * from './c.ts';",
        'src/domain/c.ts': "import type { A } from './a.ts';",
      }),
    ).toEqual([expect.stringContaining('src/domain/a.ts → src/domain/b.ts → src/domain/c.ts → src/domain/a.ts')]);
  });
});
