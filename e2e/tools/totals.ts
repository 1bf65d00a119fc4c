import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** How many tests passed, failed and were skipped. */
export type Totals = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const noTests: Totals = { passed: 0, failed: 0, skipped: 0 };

export const sum = (all: readonly Totals[]): Totals =>
  all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    noTests,
  );

/** The part of Vitest's JSON report that counts tests. */
const vitestReport = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
  numTodoTests: z.number().int(),
});

/** The part of Playwright's JSON report that counts tests. A flaky test did not pass: there are no retries here. */
const playwrightReport = z.object({
  stats: z.object({
    expected: z.number().int(),
    unexpected: z.number().int(),
    flaky: z.number().int(),
    skipped: z.number().int(),
  }),
});

/** Reads the totals of a JSON report that Vitest or Playwright wrote. Throws on any other text. */
export function readTotals(report: string): Totals {
  const json: unknown = JSON.parse(report);
  const playwright = playwrightReport.safeParse(json);
  if (playwright.success) {
    const { expected, unexpected, flaky, skipped } = playwright.data.stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  }
  const vitest = vitestReport.parse(json);
  return {
    passed: vitest.numPassedTests,
    failed: vitest.numFailedTests,
    skipped: vitest.numPendingTests + vitest.numTodoTests,
  };
}

/** A test that failed, by its whole name, and the first lines of its error. */
export type Failure = { readonly name: string; readonly why: string };

const vitestFailures = z.object({
  testResults: z.array(
    z.object({
      message: z.string().default(''),
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

const playwrightSpec = z.object({
  title: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
    }),
  ),
});
const playwrightSuite = z.object({
  title: z.string(),
  specs: z.array(playwrightSpec).default([]),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});
type PlaywrightSuite = z.infer<typeof playwrightSuite>;
const playwrightFailures = z.object({ stats: z.unknown(), suites: z.array(playwrightSuite) });

/**
 * The failures of a JSON report that Vitest or Playwright wrote. They are told once more at the end of a run, because a
 * log of half an hour may have lost its middle. Throws on any other text.
 */
export function readFailures(report: string): readonly Failure[] {
  const json: unknown = JSON.parse(report);
  const playwright = playwrightFailures.safeParse(json);
  if (playwright.success) return playwright.data.suites.flatMap((suite) => failuresIn(suite, []));
  return vitestFailures.parse(json).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    // A file that did not even load has no failed test in it.
    if (failed.length === 0 && status === 'failed') return [{ name, why: firstLines(message) }];
    return failed.map((one) => ({ name: one.fullName, why: firstLines(one.failureMessages?.[0]) }));
  });
}

function failuresIn({ title, specs, suites }: PlaywrightSuite, above: readonly string[]): readonly Failure[] {
  const path = [...above, title];
  const own = specs
    .filter(({ ok }) => !ok)
    .map((spec) => ({
      name: [...path, spec.title].join(' › '),
      why: firstLines(
        spec.tests.flatMap(({ results }) => results).find(({ error }) => error !== undefined)?.error?.message,
      ),
    }));
  return [...own, ...suites.flatMap((suite) => failuresIn(suite, path))];
}

/** What was expected and what came, without colours. */
const firstLines = (text = ''): string =>
  stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 3)
    .join(' · ');

/**
 * Totals of one step. A step that ended badly without a failing test (a file that did not load, a type error) counts
 * as one failure, so that a red run never reports none.
 */
export const countStep = (totals: Totals, hasFailed: boolean): Totals =>
  hasFailed && totals.failed === 0 ? { ...totals, failed: 1 } : totals;

/** The last line of a run, which CI reads: `12 passed, 0 failed`. */
export const totalsLine = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
