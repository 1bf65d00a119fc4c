import { describe, expect, it } from 'vitest';
import { countStep, noTests, readFailures, readTotals, sum, totalsLine } from './totals.ts';

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

  it("names what failed in Vitest's report, a file that did not load too", () => {
    const report = JSON.stringify({
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            { fullName: 'sums right', status: 'passed', failureMessages: [] },
            {
              fullName: 'sums wrong',
              status: 'failed',
              failureMessages: ['Error: \u001b[2mexpected\u001b[22m 2\n\n  Received: 3'],
            },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'SyntaxError: no\nwhere', assertionResults: [] },
      ],
    });
    expect(readFailures(report)).toEqual([
      { name: 'sums wrong', why: 'Error: expected 2 · Received: 3' },
      { name: 'b.test.ts', why: 'SyntaxError: no · where' },
    ]);
  });

  it("names what failed in Playwright's report by the whole path", () => {
    const passed = { title: 'opens', ok: true, tests: [{ results: [{}] }] };
    const failed = { title: 'closes', ok: false, tests: [{ results: [{ error: { message: 'Timeout\nLog' } }] }] };
    const report = JSON.stringify({
      stats: {},
      suites: [{ title: 'a.spec.ts', specs: [passed], suites: [{ title: 'a door', specs: [failed] }] }],
    });
    expect(readFailures(report)).toEqual([{ name: 'a.spec.ts › a door › closes', why: 'Timeout · Log' }]);
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
