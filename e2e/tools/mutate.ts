/**
 * `npx tsx e2e/tools/mutate.ts [count] [seed]`: changes one thing in the code at a time and looks whether a test notices.
 * Samples mutants of pure and of guarding code (`shared`, every `model/`, `server/auth`, `server/safe-fetch`, `detector/pipeline`), never of
 * text, runs the tests that import the changed file, and prints the share that was noticed, folder by folder, with every
 * change that nobody saw. Kept out of the checks: it takes most of an hour. Works on copies; the project stays as it is.
 */
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { createRandom } from '#testing/people/random.ts';
import { run } from './processes.ts';

type Mutant = {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SAMPLED = /^src\/(?:shared\/|.*\/model\/|server\/auth\/|server\/safe-fetch\/|detector\/pipeline\/)[^.]*\.ts$/;
const COPIED = [
  'src',
  'e2e',
  'public',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
  'tailwind.config.ts',
  'index.html',
];
/** A change that makes a loop endless is noticed by this, in milliseconds. */
const HANGS_AFTER_MS = 120_000;
/** Two at once, one a core of a small machine. */
const AT_ONCE = 2;

const SWAPS: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
};

function mutantsOf(file: string, source: string): Mutant[] {
  const { program } = parseSync(file, source);
  const found: Mutant[] = [];
  // A number in a type is no code, and a limit that is one larger is as good: a large one is doubled.
  const types = new Set<number>();
  const add = (start: number, end: number, to: string) =>
    found.push({
      file,
      line: source.slice(0, start).split('\n').length,
      start,
      end,
      from: source.slice(start, end),
      to,
    });
  const operator = (left: { end: number }, right: { start: number }, sign: string) => {
    const at = source.indexOf(sign, left.end);
    const to = SWAPS[sign];
    if (to !== undefined && at >= 0 && at < right.start) add(at, at + sign.length, to);
  };
  new Visitor({
    BinaryExpression(node) {
      const isText = [node.left, node.right].some(
        (side) => side.type === 'TemplateLiteral' || (side.type === 'Literal' && typeof side.value === 'string'),
      );
      if (!(node.operator === '+' && isText)) operator(node.left, node.right, node.operator);
    },
    LogicalExpression: (node) => operator(node.left, node.right, node.operator),
    TSLiteralType: (node) => void types.add(node.literal.start),
    Literal(node) {
      if (typeof node.value === 'boolean') add(node.start, node.end, String(!node.value));
      else if (typeof node.value === 'number' && !types.has(node.start)) {
        const other = node.value === 0 ? 1 : node.value < 10 ? node.value + 1 : 2 * node.value;
        add(node.start, node.end, String(other));
      }
    },
    UnaryExpression(node) {
      if (node.operator === '!') add(node.start, node.start + 1, '');
    },
    ConditionalExpression(node) {
      add(node.test.start, node.test.end, 'true');
      add(node.test.start, node.test.end, 'false');
    },
    IfStatement(node) {
      add(node.test.start, node.test.end, 'false');
    },
    ExpressionStatement(node) {
      if (node.expression.type === 'CallExpression') add(node.start, node.end, ';');
    },
    MemberExpression(node) {
      const name = source.slice(node.property.start, node.property.end);
      const other = { min: 'max', max: 'min', floor: 'ceil', ceil: 'floor', some: 'every', every: 'some' }[name];
      if (other !== undefined) add(node.property.start, node.property.end, other);
    },
  }).visit(program);
  return found;
}

/** A copy of the project to change things in; what it needs of packages is the project's own. */
async function copyOfProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'facebound-mutants-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(copy, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/**
 * Whether the tests that import the file all pass in this copy; tests that never end do not. The file's own come first:
 * they are quick, and most of what is noticed they notice.
 */
async function passes(copy: string, file: string): Promise<boolean> {
  const own = ownTests.get(file) ?? [];
  if (own.length > 0 && !(await vitestPasses(copy, ['run', ...own]))) return false;
  return vitestPasses(copy, ['related', file, '--run']);
}

async function vitestPasses(copy: string, what: readonly string[]): Promise<boolean> {
  const args = [...what, '--bail', '1', '--config', 'e2e/vitest.config.ts', '--project', 'node'];
  const vitest = join(ROOT, 'node_modules/.bin/vitest');
  return (await run(vitest, args, { cwd: copy, stdio: 'ignore', timeoutMs: HANGS_AFTER_MS })) === 0;
}

const count = Number(process.argv[2] ?? 300);
const random = createRandom(process.argv[3] ?? '1');
const entries = await readdir(join(ROOT, 'src'), { recursive: true, withFileTypes: true });
const paths = entries
  .filter((entry) => entry.isFile())
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const files = paths.filter((file) => SAMPLED.test(file)).toSorted();
/** `face.test.ts` and `face.laws.test.ts` are the own tests of `face.ts`. */
const ownTests = new Map(
  files.map((file) => {
    const stem = file.slice(0, -'.ts'.length);
    return [file, paths.filter((path) => path.startsWith(`${stem}.`) && /(?<!browser)\.test\.ts$/.test(path))];
  }),
);
const all = (
  await Promise.all(files.map(async (file) => mutantsOf(file, await readFile(join(ROOT, file), 'utf8'))))
).flat();
const sample = all
  .map((mutant) => ({ mutant, key: random.between(0, 1) }))
  .toSorted((a, b) => a.key - b.key)
  .slice(0, count)
  .map(({ mutant }) => mutant);
console.log(`${sample.length} of ${all.length} mutants in ${files.length} files`);

const waiting = [...sample];
const verdicts: { readonly mutant: Mutant; readonly isSeen: boolean }[] = [];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    const copy = await copyOfProject();
    for (let mutant = waiting.pop(); mutant !== undefined; mutant = waiting.pop()) {
      const path = join(copy, mutant.file);
      const source = await readFile(path, 'utf8');
      await writeFile(path, source.slice(0, mutant.start) + mutant.to + source.slice(mutant.end));
      const isSeen = !(await passes(copy, mutant.file));
      await writeFile(path, source);
      verdicts.push({ mutant, isSeen });
      if (!isSeen) console.log(`unseen  ${mutant.file}:${mutant.line}  ${mutant.from} → ${mutant.to || '(nothing)'}`);
    }
    await rm(copy, { recursive: true });
  }),
);

const folderOf = ({ file }: Mutant) => file.split('/').slice(1, -1).join('/');
const folders = new Map(verdicts.map(({ mutant }) => [folderOf(mutant), { seen: 0, all: 0 }]));
for (const { mutant, isSeen } of verdicts) {
  const folder = folders.get(folderOf(mutant));
  if (folder === undefined) continue;
  folder.all += 1;
  if (isSeen) folder.seen += 1;
}
for (const [folder, { seen, all: total }] of [...folders].toSorted()) {
  console.log(
    `${folder.padEnd(36)} ${String(seen).padStart(4)} of ${String(total).padStart(4)}  ${Math.round((100 * seen) / total)} %`,
  );
}
const seen = verdicts.filter(({ isSeen }) => isSeen).length;
console.log(
  `${'together'.padEnd(36)} ${String(seen).padStart(4)} of ${String(verdicts.length).padStart(4)}  ${Math.round((100 * seen) / verdicts.length)} %`,
);
