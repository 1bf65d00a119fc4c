import { describe, expect, test } from 'vitest';
import { createProgress } from './progress.ts';

function progressOf(options: { isTerminal: boolean; total: number; isQuiet?: boolean; columns?: number }) {
  let [written, time] = ['', 0];
  const progress = createProgress({
    isQuiet: false,
    ...options,
    columns: () => options.columns ?? 80,
    write: (text) => {
      written += text;
    },
    now: () => time,
  });
  return {
    ...progress,
    pass: (ms: number) => {
      time += ms;
    },
    written: () => written,
  };
}

describe('progress in a log', () => {
  test('is a line for each tenth, however many pictures there are', () => {
    const progress = progressOf({ isTerminal: false, total: 500 });
    for (let picture = 0; picture < 500; picture += 1) {
      progress.pass(100);
      progress.step(2);
    }
    const lines = progress.written().trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[4]).toBe('250 of 500 pictures · 500 faces · about 30 s left');
    expect(lines[9]).toBe('500 of 500 pictures · 1000 faces');
  });

  test('says nothing of a single picture, and nothing but trouble when it is to be quiet', () => {
    const single = progressOf({ isTerminal: false, total: 1 });
    single.step(3);
    expect(single.written()).toBe('');
    const quiet = progressOf({ isTerminal: false, total: 20, isQuiet: true });
    for (let picture = 0; picture < 20; picture += 1) quiet.step(1);
    quiet.say('a.jpg is empty.');
    expect(quiet.written()).toBe('a.jpg is empty.\n');
  });

  test('says once what is waited for', () => {
    const progress = progressOf({ isTerminal: false, total: 3 });
    progress.wait('The server is busy');
    progress.wait('The server is busy');
    expect(progress.written()).toBe('The server is busy\n');
  });
});

describe('progress on a terminal', () => {
  test('is one line that is rewritten, never wider than the terminal, and gone at the end', () => {
    const progress = progressOf({ isTerminal: true, total: 3, columns: 30 });
    for (const faces of [1, 2, 3]) {
      progress.pass(1000);
      progress.step(faces);
    }
    progress.end();
    expect(progress.written()).not.toContain('\n');
    const lines = progress.written().split('\r\x1b[K').slice(1);
    expect(lines).toEqual(['1 of 3 pictures · 1 face', '2 of 3 pictures · 3 faces', '3 of 3 pictures · 6 faces', '']);
  });

  test('a sentence stands above it', () => {
    const progress = progressOf({ isTerminal: true, total: 2 });
    progress.step(1);
    progress.say('b.jpg is empty.');
    expect(progress.written()).toBe(
      '\r\x1b[K1 of 2 pictures · 1 face\r\x1b[Kb.jpg is empty.\n\r\x1b[K1 of 2 pictures · 1 face',
    );
  });
});
