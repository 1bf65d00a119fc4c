import { expect, test } from 'vitest';
import { finishingSentence } from './running-calls.ts';

test.each([
  [{ calls: 0, paid: 0 }, 0, undefined],
  [{ calls: 0, paid: 0 }, 5000, 'Answering new calls with 503 for 5 s before ending; Ctrl-C again stops at once'],
  [{ calls: 1, paid: 0 }, 5000, 'Finishing 1 call; Ctrl-C again stops at once'],
  [{ calls: 1, paid: 1 }, 5000, 'Finishing 1 call, a paid one; Ctrl-C again stops at once'],
  [{ calls: 3, paid: 1 }, 5000, 'Finishing 3 calls, one of them paid; Ctrl-C again stops at once'],
  [{ calls: 3, paid: 2 }, 5000, 'Finishing 3 calls, 2 of them paid; Ctrl-C again stops at once'],
  [{ calls: 2, paid: 2 }, 5000, 'Finishing 2 calls, all of them paid; Ctrl-C again stops at once'],
])('a stop that waits for %j with %i ms of drain says so at the terminal', (counts, drainMs, sentence) => {
  expect(finishingSentence(counts, drainMs)).toBe(sentence);
});
