import { expect, test } from 'vitest';
import type { FailureCode } from '#shared/failure.ts';
import { statusMessage } from './status-message.ts';

const failed = (code: FailureCode) => ({ code, detail: undefined, retryAfterMs: 5_000, exchange: undefined });

test.each([
  ['store-away', 'Waiting for the server’s store…'],
  ['queue-away', 'Waiting for the server’s queue…'],
  ['restarting', 'The server is restarting…'],
] as const)('a picture says what it waits for: %s', (code, words) => {
  expect(statusMessage({ state: 'waiting', failedTries: 7, retryingAfter: failed(code) })).toBe(words);
  expect(statusMessage({ state: 'detecting', retryingAfter: failed(code) })).toBe(words);
});

test('a picture that waits for anything else says which try comes next', () => {
  const retryingAfter = failed('at-capacity');
  expect(statusMessage({ state: 'waiting', failedTries: 2, retryingAfter })).toBe('Trying again (3)…');
  expect(statusMessage({ state: 'detecting', retryingAfter })).toBe('Busy, trying again');
});
