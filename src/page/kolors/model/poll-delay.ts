import type { FailureCode } from '#shared/failure.ts';

/** First wait after a task was made, in milliseconds: pictures take tens of seconds. */
const FIRST_MS = 2_000;
/** Longest wait between two questions, in milliseconds. */
const LONGEST_MS = 15_000;
const GROWTH = 1.4;

/** How long to wait before asking for a task again, in milliseconds; `asked` counts the questions so far. */
export const pollDelayMs = (asked: number): number =>
  Math.min(LONGEST_MS, Math.round(FIRST_MS * GROWTH ** Math.max(0, Math.min(asked, 50))));

/** Failures that a person has to do something about; asking again by itself would only fail the same way. */
const NEEDS_A_PERSON: ReadonlySet<FailureCode> = new Set([
  'unauthorized',
  'token-required',
  'session-ended',
  'no-subscription',
  'no-credits',
  'forbidden',
  'service-forbidden',
  'account-required',
  'session-broken',
  'bad-request',
  'not-implemented',
]);

/** Whether asking for a task goes on by itself after this failure. */
export const goesOnAfter = (code: FailureCode): boolean => !NEEDS_A_PERSON.has(code);
