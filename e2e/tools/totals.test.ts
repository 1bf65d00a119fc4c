import { describe, expect, it } from 'vitest';
import { countStep, noTests, readTotals, sum, totalsLine } from './totals.ts';

describe('the totals of a run', () => {
  it("reads Vitest's report", () => {
    const report = JSON.stringify({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
    expect(readTotals(report)).toEqual({ passed: 7, failed: 1, skipped: 3 });
  });

  it("reads Playwright's report, and a flaky test as a failure", () => {
    const report = JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(readTotals(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('refuses a report of another kind instead of counting nothing', () => {
    expect(() => readTotals('{"tests": 3}')).toThrow();
  });

  it('adds up', () => {
    expect(sum([{ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 }, noTests])).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    });
  });

  it('counts a step that failed without a failing test', () => {
    expect(countStep({ passed: 3, failed: 0, skipped: 0 }, true).failed).toBe(1);
    expect(countStep({ passed: 3, failed: 2, skipped: 0 }, true).failed).toBe(2);
    expect(countStep({ passed: 3, failed: 0, skipped: 0 }, false).failed).toBe(0);
  });

  it('is one plain line', () => {
    expect(totalsLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(totalsLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
  });
});
