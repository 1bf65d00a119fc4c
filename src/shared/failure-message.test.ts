import { expect, test } from 'vitest';
import type { FailureCode } from './failure.ts';
import { messageFor, responseFileLabel } from './failure-message.ts';

test('nobody is asked to try again what will not go another time', () => {
  const canRetry = (code: FailureCode) =>
    messageFor({ code, detail: undefined, retryAfterMs: undefined, exchange: undefined }).canRetry;
  expect(canRetry('no-subscription')).toBe(false);
  expect(canRetry('no-credits')).toBe(true);
});

test('a file says what it is', () => {
  expect(responseFileLabel('coco')).toBe('from a COCO file');
  expect(responseFileLabel('response')).toBe('from a saved response');
});
