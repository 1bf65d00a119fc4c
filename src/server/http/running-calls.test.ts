import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { ServerEnv } from './env.ts';
import { createRunningCalls, finishingSentence } from './running-calls.ts';

test('calls are counted, and no file that is fetched beside them; a stop lets both end', async () => {
  const calls = createRunningCalls();
  const app = new Hono<ServerEnv>();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  app.use(calls.track);
  app.get('*', async (c) => {
    await answered;
    return c.text('there it is');
  });
  const running = [
    '/',
    '/assets/index-1a2b3c4d.js',
    '/files/0123.jpg',
    '/healthz',
    '/app/config',
    '/v1/kling/accounts',
  ];
  const answers = running.map((path) => app.request(path));
  expect(calls.count()).toEqual({ calls: 2, paid: 0 });
  answer();
  await Promise.all(answers);
  await calls.ended('all', 60_000);
  expect(calls.count()).toEqual({ calls: 0, paid: 0 });
});

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
