import { expect, test } from 'vitest';
import { messageFor, responseFileLabel } from './failure-message.ts';

test('nobody is asked to try again what will not go another time', () => {
  expect(messageFor({ code: 'no-subscription' }).canRetry).toBe(false);
  expect(messageFor({ code: 'no-credits' }).canRetry).toBe(true);
});

test('a file says what it is', () => {
  expect(responseFileLabel('coco')).toBe('from a COCO file');
  expect(responseFileLabel('response')).toBe('from a saved response');
});
