import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureCode } from '#shared/failure.ts';
import { FailureError } from './failure-error.ts';
import { isWorthRetrying, retryDelay, waitsUntil } from './query-client.ts';

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

  test.each(['restarting', 'store-away', 'queue-away'] as const)(
    'a server that is away, or waits for what it needs (%s), is waited for, however often',
    (code) => {
      expect(isWorthRetrying(100, failed(code))).toBe(true);
      // Looked at in short steps, so that the page goes on soon after it is back.
      expect(retryDelay(100, failed(code))).toBeLessThan(5_000);
    },
  );

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

  test('a wait is ten minutes at most, whatever the service asked for, and drawn out by two seconds at most', () => {
    fc.assert(
      fc.property(fc.nat(86_400_000), fc.double({ min: 0, max: 1, noNaN: true }), (asked, random) => {
        const wait = retryDelay(0, failed('at-capacity', asked), () => random);
        expect(wait - Math.min(asked, 600_000)).toBeGreaterThanOrEqual(0);
        expect(wait - Math.min(asked, 600_000)).toBeLessThanOrEqual(2_000);
      }),
    );
  });

  test('until when a try waits counts from the answer, ten minutes at most', () => {
    const failure = { ...failed('at-capacity', 5_000).failure, heardAt: 1_000 };
    expect(waitsUntil(failure)).toBe(6_000);
    expect(waitsUntil({ ...failure, retryAfterMs: 86_400_000 })).toBe(601_000);
    expect(waitsUntil({ ...failure, retryAfterMs: undefined })).toBeUndefined();
  });

  test('without a request from the service the wait doubles', () => {
    expect([0, 1, 2].map((tries) => retryDelay(tries, failed('unreachable'), () => 0))).toEqual([1000, 2000, 4000]);
  });
});
