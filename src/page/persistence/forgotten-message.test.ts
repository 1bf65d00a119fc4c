import { describe, expect, test } from 'vitest';
import { err, ok } from '#shared/result.ts';
import { type Forgotten, forgottenMessage } from './forgotten-message.ts';

const DONE: Forgotten = {
  isBrowserEmpty: true,
  onServer: ok({ removed: 15 }),
  left: undefined,
  atKling: 0,
  generations: 0,
  otherTabsHear: true,
};
const LEFT = { files: 14, until: new Date(2026, 11, 3, 12).getTime() };

describe('after forgetting everything', () => {
  test('nothing is left, and that is said', () => {
    expect(forgottenMessage(DONE)).toEqual({
      title: 'Everything is forgotten',
      text: 'This browser remembers no picture and no result. The server removed 15 files of this session.',
    });
  });

  test('what ended sessions left is counted, with its day, and the title does not say that it is gone', () => {
    expect(forgottenMessage({ ...DONE, onServer: ok({ removed: 0 }), left: LEFT })).toEqual({
      title: 'Forgotten in this browser',
      text: '14 files stay on the server until 3 December, with their crops. They came in sessions that have ended.',
    });
    expect(forgottenMessage({ ...DONE, left: { ...LEFT, files: 1 } }).text).toBe(
      'The server removed 15 files of this session. One file stays on the server until 3 December, with its crops. They came in sessions that have ended.',
    );
  });

  test('verdicts that stay are counted, and not everything is forgotten then', () => {
    const { title, text } = forgottenMessage({ ...DONE, verdicts: 194 });
    expect(title).toBe('Everything else is forgotten');
    expect(text).toMatch(/194 verdicts stay for when the pictures come back\.$/);
  });

  test('a server that does not answer keeps its files, and they are told', () => {
    const said = forgottenMessage({ ...DONE, onServer: err('no-answer'), left: LEFT });
    expect(said.title).toBe('Forgotten in this browser');
    expect(said.text).toMatch(/^The server did not answer\. 14 files stay on the server until 3 December/);
  });

  test.each(['no-answer', 'session-over'] as const)(
    'without a record of uploads it is still said that they expire: %s',
    (why) => {
      const said = forgottenMessage({ ...DONE, onServer: err(why) });
      expect(said.title).not.toContain('Everything');
      expect(said.text).toContain('seven days after it came');
    },
  );

  test('a memory that stays full, tabs that hear nothing and generations that stay are all said', () => {
    const said = forgottenMessage({ ...DONE, isBrowserEmpty: false, generations: 2, otherTabsHear: false });
    expect(said.title).toBe('Not everything could be forgotten');
    expect(said.text).toContain('does not let its memory be emptied');
    expect(said.text).toContain('close them');
    expect(said.text).toContain('2 generations stay listed');
    expect(forgottenMessage({ ...DONE, generations: 1 }).title).toBe('Everything else is forgotten');
  });
});
