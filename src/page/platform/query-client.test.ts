import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureCode } from '#shared/failure.ts';
import { FailureError } from './failure-error.ts';
import { isWorthRetrying, retryDelay } from './query-client.ts';

const failed = (code: FailureCode, retryAfterMs?: number) =>
  new FailureError({ code, detail: undefined, retryAfterMs, exchange: undefined });

describe('retrying', () => {
  test('what passes by itself is tried again, three times at most', () => {
    expect(isWorthRetrying(0, failed('at-capacity'))).toBe(true);
    expect(isWorthRetrying(2, failed('unreachable'))).toBe(true);
    expect(isWorthRetrying(3, failed('unreachable'))).toBe(false);
  });

  test('a connection that was lost is waited for, however often', () => {
    expect(isWorthRetrying(0, failed('offline'))).toBe(true);
    expect(isWorthRetrying(10, failed('offline'))).toBe(true);
  });

  test('an abort is not a failure, and is not repeated', () => {
    const abort = new DOMException('Enough', 'AbortError');
    expect(isWorthRetrying(0, abort)).toBe(false);
    // react-query asks for the wait first.
    expect(retryDelay(0, abort)).toBeGreaterThan(0);
  });

  test.each([
    'unauthorized',
    'bad-request',
    'link-refused',
    'moderated-or-fault',
    'session-broken',
    'too-slow',
  ] as const)('%s would fail the same way again and is not repeated', (code) =>
    expect(isWorthRetrying(0, failed(code))).toBe(false),
  );

  test('the wait is never shorter than what the service asked for', () => {
    fc.assert(
      fc.property(fc.nat(600_000), fc.nat(2), fc.double({ min: 0, max: 1, noNaN: true }), (asked, tries, random) => {
        expect(retryDelay(tries, failed('at-capacity', asked), () => random)).toBeGreaterThanOrEqual(asked);
      }),
    );
  });

  test('without a request from the service the wait doubles', () => {
    expect([0, 1, 2].map((tries) => retryDelay(tries, failed('unreachable'), () => 0))).toEqual([1000, 2000, 4000]);
  });
});
