import { expect, test } from 'vitest';
import type { Failure } from './failure.ts';
import { messageFor, responseFileLabel } from './failure-message.ts';

const failed = (code: Failure['code']): Failure => ({
  code,
  detail: undefined,
  retryAfterMs: undefined,
  exchange: undefined,
});

test('nobody is asked to try again what will not go another time', () => {
  expect(messageFor(failed('no-subscription')).canRetry).toBe(false);
  expect(messageFor(failed('no-credits')).canRetry).toBe(true);
});

test('a file says what it is', () => {
  expect(responseFileLabel('coco')).toBe('from a COCO file');
  expect(responseFileLabel('response')).toBe('from a saved response');
});
