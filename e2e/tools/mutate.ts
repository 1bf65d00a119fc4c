/**
 * `npx tsx e2e/tools/mutate.ts [count] [seed] [earlier output]`: changes one thing in the code at a time and looks whether a test notices.
 * Samples mutants of pure and of guarding code (`shared`, every `model/`, `server/auth`, `server/safe-fetch`, `detector/pipeline`), never of
 * text, runs the tests that import the changed file, and prints what became of each, and at the end (or when it is
 * stopped) the share that was noticed, folder by folder. Kept out of the checks: it takes an hour or two. Works on copies;
 * the project stays as it is.
 */
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { z } from 'zod';
import { createRandom } from '#testing/people/random.ts';
import { run, stopChildrenOnSignal } from './processes.ts';

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
/** What the copies have not: what is written by running the project, and its packages, which they share. */
const NOT_COPIED = /^(?:\.git|node_modules|data|test-results|playwright-report|dist(?:\..*)?|\.facebound)$/;
/**
 * Tests that take longer wait for something that never comes, or for the processor (see `judge`): those of one file, and
 * all that import it. In milliseconds.
 */
const OWN_LATE_AFTER_MS = 180_000;
const LATE_AFTER_MS = 900_000;
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
  for (const name of await readdir(ROOT)) {
    if (!NOT_COPIED.test(name)) await cp(join(ROOT, name), join(copy, name), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** `wrong`: tests that failed. `isLate`: they only waited too long, which may be the machine's fault. */
type Outcome = { readonly passed: boolean; readonly wrong: readonly string[]; readonly isLate: boolean };

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.optional(z.string()),
      assertionResults: z.array(z.object({ failureMessages: z.optional(z.nullable(z.array(z.string()))) })),
    }),
  ),
});

const isOfTime = (message: string): boolean => /timed out in \d+ ?ms/.test(message);

async function runTests(copy: string, what: readonly string[], timeoutMs = LATE_AFTER_MS): Promise<Outcome> {
  const outputFile = join(copy, 'report.json');
  await rm(outputFile, { force: true });
  const args = [...what, '--config', 'e2e/vitest.config.ts', '--project', 'node', '--passWithNoTests'];
  const reported = ['--reporter', 'json', '--outputFile', outputFile];
  const vitest = join(ROOT, 'node_modules/.bin/vitest');
  const options = { cwd: copy, stdio: 'ignore', timeoutMs } as const;
  if ((await run(vitest, [...args, ...reported], options)) === 0) return { passed: true, wrong: [], isLate: false };
  const text = await readFile(outputFile, 'utf8').catch(() => undefined);
  const { testResults } = text === undefined ? { testResults: [] } : report.parse(JSON.parse(text));
  const wrong = testResults.filter(({ status }) => status === 'failed');
  const isLate = wrong.every(({ message, assertionResults }) => {
    const own = assertionResults.flatMap(({ failureMessages }) => failureMessages ?? []);
    return [message, ...own].filter((text) => text !== undefined && text !== '').every((text) => isOfTime(text ?? ''));
  });
  // A run that failed as a whole was cut off, or a worker of it did not come up.
  return { passed: false, wrong: wrong.map(({ name }) => relative(copy, name).replaceAll('\\', '/')), isLate };
}

/** `unsure`: tests were late, and are as late without the change. */
type Verdict = 'seen' | 'unseen' | 'unsure';

/**
 * Whether a test notices the change. The file's own come first: they are quick, and most of what is noticed they notice.
 * A change that makes a loop endless makes tests late, but so does a busy machine: late tests run once more without it.
 */
async function judge(copy: string, mutant: Mutant): Promise<{ verdict: Verdict; by: string }> {
  const path = join(copy, mutant.file);
  const source = await readFile(path, 'utf8');
  const changed = source.slice(0, mutant.start) + mutant.to + source.slice(mutant.end);
  const own = (ownTests.get(mutant.file) ?? []).filter((test) => !unfit.has(test));
  const ownRun = { tests: ['run', ...own, '--bail', '1'], limit: OWN_LATE_AFTER_MS };
  const allRun = { tests: ['related', mutant.file, '--run', '--bail', '1', ...left()], limit: LATE_AFTER_MS };
  for (const { tests, limit } of own.length > 0 ? [ownRun, allRun] : [allRun]) {
    await writeFile(path, changed);
    const { passed, wrong, isLate } = await runTests(copy, tests, limit);
    await writeFile(path, source);
    if (passed) continue;
    const by = wrong.join(', ') || 'the run as a whole';
    if (!isLate) return { verdict: 'seen', by };
    return (await runTests(copy, tests, limit)).passed
      ? { verdict: 'seen', by: `${by}: late` }
      : { verdict: 'unsure', by: `${by}: late` };
  }
  return { verdict: 'unseen', by: '' };
}

const count = Number(process.argv[2] ?? 300);
const random = createRandom(process.argv[3] ?? '1');
const entries = await readdir(join(ROOT, 'src'), { recursive: true, withFileTypes: true });
const paths = entries
  .filter((entry) => entry.isFile())
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const files = paths.filter((file) => SAMPLED.test(file)).toSorted();
/** `face.test.ts` and `face.laws.test.ts` are the own tests of `face.ts`; where it has none, those of its folder are. */
const ownTests = new Map(
  files.map((file) => {
    const tests = paths.filter((path) => /(?<!browser)\.test\.ts$/.test(path));
    const own = tests.filter((path) => path.startsWith(`${file.slice(0, -'.ts'.length)}.`));
    const folder = file.slice(0, file.lastIndexOf('/'));
    return [file, own.length > 0 ? own : tests.filter((path) => path.slice(0, path.lastIndexOf('/')) === folder)];
  }),
);
const all = (
  await Promise.all(files.map(async (file) => mutantsOf(file, await readFile(join(ROOT, file), 'utf8'))))
).flat();
/** What an earlier run printed; of its mutants those that nobody saw are asked about once more. */
const earlier = process.argv[4] === undefined ? undefined : await readFile(process.argv[4], 'utf8');
const nameOf = ({ file, line, from, to }: Mutant) => `${file}:${line}  ${from} → ${to || '(nothing)'}`;
const sample = all
  .map((mutant) => ({ mutant, key: random.between(0, 1) }))
  .toSorted((a, b) => a.key - b.key)
  .slice(0, count)
  .map(({ mutant }) => mutant)
  .filter((mutant) => earlier?.includes(`unseen  ${nameOf(mutant)}`) ?? true);
console.log(`${sample.length} of ${all.length} mutants in ${files.length} files`);

const copies = await Promise.all(Array.from({ length: AT_ONCE }, copyOfProject));
/** Tests that fail here without any change: they would see every one. */
const unfit = new Set<string>();
const left = () => [...unfit].flatMap((name) => ['--exclude', name]);
const verdicts: { readonly mutant: Mutant; readonly verdict: Verdict }[] = [];
stopChildrenOnSignal(() => {
  printTotals();
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

const { passed, wrong } = await runTests(copies[0] ?? ROOT, ['run']);
if (!passed && wrong.length === 0) throw new Error('The tests do not run here as they are');
for (const name of wrong) unfit.add(name);
if (unfit.size > 0) console.log(`Left out, because they fail without a change: ${wrong.join(', ')}`);

const waiting = [...sample];
await Promise.all(
  copies.map(async (copy) => {
    for (let mutant = waiting.pop(); mutant !== undefined; mutant = waiting.pop()) {
      const { verdict, by } = await judge(copy, mutant);
      verdicts.push({ mutant, verdict });
      console.log(`${verdicts.length} ${verdict}  ${nameOf(mutant)}${by && `  (${by})`}`);
    }
    await rm(copy, { recursive: true });
  }),
);
printTotals();

function printTotals(): void {
  const folderOf = ({ file }: Mutant) => file.split('/').slice(1, -1).join('/');
  const told = (name: string, own: readonly { readonly verdict: Verdict }[]) => {
    const sure = own.filter(({ verdict }) => verdict !== 'unsure').length;
    const seen = own.filter(({ verdict }) => verdict === 'seen').length;
    const share = sure === 0 ? '' : `${Math.round((100 * seen) / sure)} %`;
    const unsure = own.length === sure ? '' : `, ${own.length - sure} unsure`;
    console.log(`${name.padEnd(36)} ${String(seen).padStart(4)} of ${String(sure).padStart(4)}  ${share}${unsure}`);
  };
  for (const folder of [...new Set(verdicts.map(({ mutant }) => folderOf(mutant)))].toSorted()) {
    told(
      folder,
      verdicts.filter(({ mutant }) => folderOf(mutant) === folder),
    );
  }
  told('together', verdicts);
}
