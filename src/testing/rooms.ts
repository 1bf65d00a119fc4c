import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';
import type { SourceTree } from './read-source.ts';

/** What a room below the page may import besides itself. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  shared: ['contract'],
  detector: ['contract', 'shared'],
  'detector/node': ['contract', 'shared', 'detector'],
  api: ['contract', 'shared', 'detector'],
  server: ['contract', 'shared', 'detector', 'detector/node', 'api'],
  'face-canvas': ['contract', 'shared'],
  cli: ['contract', 'shared', 'detector', 'detector/node'],
};

/** What of the page the command line uses: pure code about files of boxes, verdicts and pictures. */
const FOR_THE_COMMAND_LINE = /^src\/page\/(?:(?:annotations|check|painting|pictures)\/model|pictures\/formats)\//;

/** The page's rooms by floors, the lowest first: a room imports floors below its own, and those of its own by index. */
const FLOORS: readonly (readonly string[])[] = [
  ['platform'],
  ['ui'],
  ['keyboard'],
  ['session'],
  ['pictures'],
  ['painting'],
  ['place'],
  [
    'detection',
    'faces',
    'requests',
    'annotations',
    'saved-results',
    'export',
    'kolors',
    'present',
    'share',
    'check',
    'compare',
  ],
  ['workspace'],
  ['persistence'],
  ['shell'],
];

/** What the page may import from outside itself. */
const UNDER_THE_PAGE = ['contract', 'shared', 'face-canvas'];

const TEST_FILE = /\.test\.tsx?$/;

/**
 * Holds the floors of ARCHITECTURE.md over all modules, types included: each message names an import and what is wrong
 * with it; an empty list means that all is well. Cycles, and packages of the wrong side, are the linter's affair.
 */
export function checkRooms(tree: SourceTree): string[] {
  return [...tree].flatMap(([path, source]) =>
    importsOf(path, source).flatMap((specifier) => {
      const target = targetOf(path, specifier);
      const problem = target === undefined ? packageProblem(path, specifier) : problemOf(path, specifier, target);
      return problem === undefined ? [] : [`${path} imports ${specifier}: ${problem}`];
    }),
  );
}

function problemOf(path: string, specifier: string, target: string): string | undefined {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (TEST_FILE.test(target)) return 'nothing imports a test';
  if (from === to) return undefined;
  if (specifier.startsWith('.')) return `a relative import stays in its room: write #${target.slice('src/'.length)}`;
  if (from === 'testing') return undefined;
  if (to === 'testing') return TEST_FILE.test(path) ? undefined : 'test helpers are for tests';
  // A test in a real browser looks at its component in the page's own style.
  if (TEST_FILE.test(path) && target.endsWith('.css')) return undefined;
  if (from === 'cli' && FOR_THE_COMMAND_LINE.test(target)) return undefined;
  const below = BELOW[from];
  if (below !== undefined) return below.includes(to) ? undefined : `${from} knows nothing of ${to}`;
  if (UNDER_THE_PAGE.includes(to)) return undefined;
  const [mine, theirs] = [floorOf(from), floorOf(to)];
  if (mine === -1 || theirs === -1) return `${mine === -1 ? from : to} is no room of the page`;
  if (theirs > mine) return `${to} is above ${from}`;
  if (theirs === mine && !target.endsWith('/index.ts')) return `a sibling's inside: ask ${to}/index.ts`;
  return undefined;
}

/** Pure code: the wire, what everything shares, the detector but for `node/`, and every `model/`. It stands on zod alone. */
const PURE = /^src\/(contract|shared|detector\/(?!node\/))|\/(model|formats)\//;

/** What the page is built of; the contract's document is written when the server is built. */
const IN_THE_PAGE = /^src\/(contract\/(?!documented\.ts)|shared|face-canvas|page)\b/;

function packageProblem(path: string, specifier: string): string | undefined {
  if (TEST_FILE.test(path)) return undefined;
  // One import of the whole zod would bring it into the first load.
  if (specifier === 'zod' && IN_THE_PAGE.test(path)) return 'the page has zod/mini';
  const isZod = specifier === 'zod' || specifier === 'zod/mini';
  return PURE.test(path) && !isZod ? 'pure code uses no package but zod' : undefined;
}

const floorOf = (room: string): number => FLOORS.findIndex((rooms) => rooms.includes(room));

/** `shared` for `src/shared/…`, `kolors` for `src/page/kolors/…`; what of the detector needs Node is a room of its own. */
const roomOf = (path: string): string => /^src\/(?:page\/)?(detector\/node|[^/]+)\//.exec(path)?.[1] ?? '';

/** Everything that a module names as an import: static, dynamic, re-exported, as a type, and as a worker's URL. */
export function importsOf(path: string, source: string): string[] {
  const parsed = parseSync(path, source);
  const [firstError] = parsed.errors;
  if (firstError !== undefined) throw new Error(`${path} cannot be parsed: ${firstError.message}`);
  const found: string[] = [];
  const add = (node: { readonly type: string } | null | undefined) => {
    if (node !== null && node !== undefined && 'value' in node && typeof node.value === 'string')
      found.push(node.value);
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    NewExpression: (node) => {
      const [first, second] = node.arguments;
      const isModuleUrl =
        node.callee.type === 'Identifier' && node.callee.name === 'URL' && second?.type === 'MemberExpression';
      if (isModuleUrl && first?.type === 'Literal' && typeof first.value === 'string' && /\.tsx?$/.test(first.value))
        add(first);
    },
  }).visit(parsed.program);
  return found;
}

/** Path of the imported file from the project's root, or undefined for a package. */
function targetOf(path: string, specifier: string): string | undefined {
  const file = specifier.replace(/\?.*/s, '');
  if (file.startsWith('#')) return `src/${file.slice(1)}`;
  if (file.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), file));
  return undefined;
}
