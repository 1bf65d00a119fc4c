import { describe, expect, test } from 'vitest';
import { createQuestion } from './questions.ts';

describe('a question', () => {
  test('waits while another of its kind stands, and is asked then', async () => {
    const question = createQuestion<string, boolean>();
    const answers = [question.ask('first'), question.ask('second')];
    expect(question.now()?.asked).toBe('first');
    question.now()?.answer(true);
    expect(question.now()?.asked).toBe('second');
    question.now()?.answer(false);
    expect(question.now()).toBeUndefined();
    expect(await Promise.all(answers)).toEqual([true, false]);
  });

  test('of another kind stands beside it, and none answers the other', async () => {
    const [kinds, leave] = [createQuestion<string, string>(), createQuestion<true>()];
    const kind = kinds.ask('which?');
    const left = leave.ask(true);
    expect([kinds.now()?.asked, leave.now()?.asked]).toEqual(['which?', true]);
    leave.now()?.answer();
    expect(await left).toBeUndefined();
    expect(kinds.now()?.asked).toBe('which?');
    kinds.now()?.answer('faces');
    expect(await kind).toBe('faces');
  });

  test('is given up when something else is asked instead', async () => {
    const question = createQuestion<string, boolean>();
    const before = question.ask('before');
    const instead = question.askInstead('instead');
    expect(await before).toBeUndefined();
    expect(question.now()?.asked).toBe('instead');
    question.now()?.answer(true);
    expect(await instead).toBe(true);
  });

  test('is taken back with all that wait behind it', async () => {
    const question = createQuestion<string, boolean>();
    const asked = [question.ask('first'), question.ask('second')];
    question.withdraw();
    expect(question.now()).toBeUndefined();
    expect(await Promise.all(asked)).toEqual([undefined, undefined]);
  });

  test('takes one answer: a second press of the button answers nothing that came since', async () => {
    const question = createQuestion<string, boolean>();
    const asked = question.ask('first');
    const standing = question.now();
    const next = question.ask('second');
    standing?.answer(true);
    standing?.answer(false);
    expect(await asked).toBe(true);
    expect(question.now()?.asked).toBe('second');
    question.withdraw();
    expect(await next).toBeUndefined();
  });
});
