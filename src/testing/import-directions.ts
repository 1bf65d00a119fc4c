import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';

/** Source text by path from the project's root (`src/domain/face.ts`), with forward slashes. */
export type SourceTree = ReadonlyMap<string, string>;

/** What a module of one area may import, and the words for who asks for more. */
type AreaRule = {
  readonly areas: readonly string[];
  readonly packages: 'any' | readonly string[];
  readonly node: boolean;
  /** What to do instead; completes every message about this area. */
  readonly instead: string;
};

const RULES: Readonly<Record<string, AreaRule>> = {
  contract: {
    areas: [],
    packages: ['zod'],
    node: false,
    instead: 'contract is the wire alone: it imports zod and itself; move thinking about it to #domain/',
  },
  domain: {
    areas: ['contract'],
    packages: ['zod'],
    node: false,
    instead: 'domain is pure: it imports itself, #contract/ and zod; pass the outside in as an argument, or use #lib/',
  },
  lib: {
    areas: ['contract', 'domain'],
    packages: 'any',
    node: false,
    instead: 'lib serves the features and imports #contract/ and #domain/ only; move what both need down into lib',
  },
  features: {
    areas: ['contract', 'domain', 'lib'],
    packages: 'any',
    node: false,
    instead:
      'a feature imports #lib/, #domain/ and #contract/; let #app/ compose features and hand values down as props',
  },
  app: {
    areas: ['contract', 'domain', 'lib', 'features'],
    packages: 'any',
    node: false,
    instead: 'app composes the page from features, lib, domain and contract; talk to the server over HTTP',
  },
  server: {
    areas: ['contract', 'domain'],
    packages: 'any',
    node: true,
    instead: 'the server imports #contract/, #domain/ and itself; move what both sides need to #contract/ or #domain/',
  },
  testing: {
    areas: ['contract', 'domain', 'lib', 'features', 'app', 'server'],
    packages: 'any',
    node: true,
    instead: 'testing may import everything in src',
  },
};

/** Packages that only work on one side. */
const BROWSER_PACKAGES =
  /^(react|react-dom|react-konva|react-dropzone|konva|radix-ui|lucide-react|sonner|zustand|@tanstack\/.+|@fontsource.*)$/;
const SERVER_PACKAGES = /^(hono|@hono\/.+|sharp|onnxruntime-node|undici|ipaddr\.js)$/;

const MODULE_FILE = /\.tsx?$/;
const TEST_FILE = /\.test\.tsx?$/;
const BROWSER_TEST_FILE = /\.browser\.test\.tsx?$/;

/**
 * Holds the import directions of ARCHITECTURE.md over a whole source tree, types included: which area may import
 * which, that features never import each other, that test helpers stay with tests, and that no modules import each
 * other in a circle. Each message names the import and the alternative; an empty list means that all is well.
 */
export function checkImportDirections(tree: SourceTree): string[] {
  const problems: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, source] of tree) {
    if (!MODULE_FILE.test(path)) continue;
    const targets: string[] = [];
    for (const specifier of importsOf(path, source)) {
      const target = targetOf(path, specifier);
      const problem = target === undefined ? packageProblem(path, specifier) : moduleProblem(path, specifier, target);
      if (problem !== undefined) problems.push(`${path} imports ${specifier}: ${problem}`);
      if (target !== undefined && tree.has(target)) targets.push(target);
    }
    graph.set(path, targets);
  }
  return [
    ...problems,
    ...cyclesOf(graph).map(
      (cycle) => `import cycle ${cycle.join(' → ')}: move what both need into a module of its own`,
    ),
  ];
}

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
      if (isModuleUrl && first?.type === 'Literal' && typeof first.value === 'string' && MODULE_FILE.test(first.value))
        add(first);
    },
  }).visit(parsed.program);
  return found;
}

/** Path of the imported file from the project's root, or undefined for a package. */
function targetOf(path: string, specifier: string): string | undefined {
  const file = specifier.replace(/\?.*$/, '');
  if (file.startsWith('#')) return `src/${file.slice(1)}`;
  if (file.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), file));
  return undefined;
}

function moduleProblem(path: string, specifier: string, target: string): string | undefined {
  const from = areaOf(path);
  const to = areaOf(target);
  const rule = RULES[from];
  if (rule === undefined) return undefined;
  // A test in a real browser may look at its component in the page's own style.
  if (BROWSER_TEST_FILE.test(path) && target.endsWith('.css')) return undefined;
  if (TEST_FILE.test(target)) return 'nothing imports a test; move the shared part to #testing/';
  if (to === 'testing' && from !== 'testing' && !TEST_FILE.test(path)) {
    return 'test helpers are for tests and generators; move what the product needs out of #testing/';
  }
  if (to !== from && to !== 'testing' && !rule.areas.includes(to)) return rule.instead;
  if (from === 'features' && to === 'features' && featureOf(path) !== featureOf(target)) return rule.instead;
  if (specifier.startsWith('.') && (to !== from || featureOf(path) !== featureOf(target))) {
    return `a relative import stays in its own area; write #${target.slice('src/'.length)}`;
  }
  return undefined;
}

function packageProblem(path: string, specifier: string): string | undefined {
  const area = areaOf(path);
  const rule = RULES[area];
  if (rule === undefined) return undefined;
  const isTest = TEST_FILE.test(path);
  if (specifier.startsWith('node:')) {
    return rule.node || (isTest && !BROWSER_TEST_FILE.test(path))
      ? undefined
      : `it runs in the browser, without Node; ${rule.instead}`;
  }
  if (isTest) return undefined;
  const name = packageName(specifier);
  if (rule.packages !== 'any' && !rule.packages.includes(name)) return rule.instead;
  if (area === 'server' && BROWSER_PACKAGES.test(name)) return `${name} is for the browser; ${rule.instead}`;
  if (['lib', 'features', 'app'].includes(area) && SERVER_PACKAGES.test(name))
    return `${name} is for the server; ${rule.instead}`;
  return undefined;
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** `domain` for `src/domain/…`; empty outside src, where no rule holds and nothing may be imported from. */
const areaOf = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? '';

/** `stage` for `src/features/stage/…`; empty elsewhere. */
const featureOf = (path: string): string => /^src\/features\/([^/]+)\//.exec(path)?.[1] ?? '';

/** One cycle for each group of modules that reach each other, as a path that ends where it began. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string) => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push([...trail.slice(start), path]);
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const target of graph.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return cycles;
}
