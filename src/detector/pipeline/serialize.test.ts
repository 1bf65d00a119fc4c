import { expect, it } from 'vitest';
import { serialize } from './serialize.ts';

it('serves turns in the order in which they were taken, one at a time', async () => {
  const inTurn = serialize();
  const heard: string[] = [];
  const turns = ['first', 'second', 'third'].map((name) => {
    const turn = inTurn();
    return { turn, done: turn.begin.then(() => heard.push(name)) };
  });
  await turns[0]?.done;
  expect(heard).toEqual(['first']);
  // A turn that ends before it began (its work failed early) does not let others past those before it.
  turns[1]?.turn.end();
  await Promise.resolve();
  expect(heard).toEqual(['first']);
  turns[0]?.turn.end();
  turns[0]?.turn.end();
  await turns[2]?.done;
  expect(heard).toEqual(['first', 'second', 'third']);
});
