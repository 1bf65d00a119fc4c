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

/**
 * Totals of one step. A step that ended badly without a failing test (a file that did not load, a type error) counts
 * as one failure, so that a red run never reports none.
 */
export const countStep = (totals: Totals, hasFailed: boolean): Totals =>
  hasFailed && totals.failed === 0 ? { ...totals, failed: 1 } : totals;

/** The last line of a run, which CI reads: `12 passed, 0 failed`. */
export const totalsLine = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
