import { describe, expect, it } from 'vitest';
import { readSource } from './read-source.ts';
import { checkRooms, importsOf } from './rooms.ts';

const check = (path: string, specifier: string) => checkRooms(new Map([[path, `import '${specifier}';`]]));

describe('the rooms of this project', () => {
  it('import only what lies below them', () => {
    const source = readSource();
    expect(source.has('src/shared/face.ts')).toBe(true);
    expect(checkRooms(source)).toEqual([]);
  });
});

describe('the check of rooms', () => {
  it('finds every way to name a module', () => {
    const source = `
      import a from './static.ts';
      import type { B } from '#page/platform/type.ts';
      export * from './all.ts';
      export { c } from './named.ts';
      const lazy = () => import('./lazy.ts');
      type D = import('#shared/inline.ts').D;
      new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      const shown = <T,>(value: T) => <p>{String(value)} import x from './text.ts'</p>;
    `;
    expect(importsOf('src/page/ui/x.tsx', source).toSorted()).toEqual(
      [
        './static.ts',
        '#page/platform/type.ts',
        './all.ts',
        './named.ts',
        './lazy.ts',
        '#shared/inline.ts',
        './worker.ts',
      ].toSorted(),
    );
  });

  it.each([
    ['src/contract/a.ts', 'zod/mini'],
    ['src/contract/documented.ts', 'zod'],
    ['src/detector/pipeline/a.ts', 'zod'],
    ['src/shared/a.test.ts', 'fast-check'],
    ['src/shared/a.ts', '#contract/b.ts'],
    ['src/server/a.ts', '#detector/node/b.ts'],
    ['src/detector/node/a.ts', 'sharp'],
    ['src/detector/pipeline/a.test.ts', '#testing/b.ts'],
    ['src/api/a.ts', '#detector/b.ts'],
    ['src/face-canvas/a.ts', './model/b.ts'],
    ['src/page/kolors/a.ts', '#page/pictures/b.ts'],
    ['src/page/kolors/a.ts', '#page/detection/index.ts'],
    ['src/page/shell/a.ts', '#page/persistence/b.ts'],
    ['src/page/faces/a.test.ts', '#testing/b.ts'],
    ['src/face-canvas/a.browser.test.tsx', '#page/shell/theme.css'],
    ['src/testing/a.ts', '#page/shell/b.ts'],
    ['src/cli/a.ts', '#detector/node/b.ts'],
    ['src/cli/a.ts', '#page/annotations/model/b.ts'],
    ['src/cli/a.ts', '#page/pictures/formats/b.ts'],
  ])('lets %s import %s', (path, specifier) => {
    expect(check(path, specifier)).toEqual([]);
  });

  it.each([
    ['src/contract/a.ts', '#shared/b.ts', 'contract knows nothing of shared'],
    ['src/shared/a.ts', '#page/ui/b.ts', 'shared knows nothing of ui'],
    ['src/detector/a.ts', '#server/b.ts', 'detector knows nothing of server'],
    ['src/detector/pipeline/a.ts', '#detector/node/b.ts', 'detector knows nothing of detector/node'],
    ['src/detector/pipeline/a.ts', '../node/b.ts', 'a relative import stays in its room: write #detector/node/b.ts'],
    ['src/detector/pipeline/a.ts', 'sharp', 'pure code uses no package but zod'],
    ['src/detector/supervisor/a.ts', 'node:fs', 'pure code uses no package but zod'],
    ['src/detector/a.ts', 'onnxruntime-node', 'pure code uses no package but zod'],
    ['src/api/a.ts', '#detector/node/b.ts', 'api knows nothing of detector/node'],
    ['src/face-canvas/a.ts', '#page/pictures/b.ts', 'face-canvas knows nothing of pictures'],
    ['src/page/platform/a.ts', '#page/ui/b.ts', 'ui is above platform'],
    ['src/page/pictures/a.ts', '#page/kolors/index.ts', 'kolors is above pictures'],
    ['src/page/kolors/a.ts', '#page/detection/b.ts', "a sibling's inside: ask detection/index.ts"],
    ['src/page/kolors/a.ts', '#server/b.ts', 'server is no room of the page'],
    ['src/page/elsewhere/a.ts', '#page/ui/b.ts', 'elsewhere is no room of the page'],
    ['src/page/kolors/a.ts', '../pictures/b.ts', 'a relative import stays in its room: write #page/pictures/b.ts'],
    ['src/contract/a.ts', 'zod', 'the page has zod/mini'],
    ['src/contract/a.ts', 'undici', 'pure code uses no package but zod'],
    ['src/shared/a.ts', 'react', 'pure code uses no package but zod'],
    ['src/shared/a.ts', 'node:fs', 'pure code uses no package but zod'],
    ['src/page/kolors/model/a.ts', 'react', 'pure code uses no package but zod'],
    ['src/shared/a.ts', './b.test.ts', 'nothing imports a test'],
    ['src/shared/a.ts', '#testing/b.ts', 'test helpers are for tests'],
    ['src/cli/a.ts', '#page/annotations/index.ts', 'cli knows nothing of annotations'],
    ['src/cli/a.ts', '#page/pictures/b.ts', 'cli knows nothing of pictures'],
    ['src/cli/a.ts', '#page/kolors/model/b.ts', 'cli knows nothing of kolors'],
    ['src/cli/a.ts', '#server/b.ts', 'cli knows nothing of server'],
    ['src/server/a.ts', '#cli/b.ts', 'server knows nothing of cli'],
  ])('keeps %s from %s', (path, specifier, problem) => {
    expect(check(path, specifier)).toEqual([`${path} imports ${specifier}: ${problem}`]);
  });
});
