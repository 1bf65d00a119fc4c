import { describe, expect, it, test } from 'vitest';
import {
  CHECK_SHORTCUTS,
  isSelectAllKey,
  isUndoKey,
  type KeyPress,
  PRESENT_SHORTCUTS,
  SHORTCUTS,
  shortcutFor,
} from './shortcuts.ts';

type Held = { ctrlKey?: boolean; altKey?: boolean; metaKey?: boolean; shiftKey?: boolean; altGraph?: boolean };
const press = (key: string, code = '', { altGraph = false, ...held }: Held = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
  getModifierState: () => altGraph,
});
const commandFor = (...pressed: Parameters<typeof press>) => shortcutFor(SHORTCUTS, press(...pressed))?.command;

describe.each([
  ['the table', SHORTCUTS],
  ['the presentation', PRESENT_SHORTCUTS],
  ['check mode', CHECK_SHORTCUTS],
] as const)('the keys of %s', (_, shortcuts) => {
  const table = shortcuts.map((shortcut) => ({ ...shortcut, command: String(shortcut.command) }));

  it('give no key to two commands', () => {
    const keys = table.flatMap(({ keys, codes = [] }) => [...keys, ...codes]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('have each command once', () => {
    expect(new Set(table.map(({ command }) => command)).size).toBe(table.length);
  });

  it('are reached through every key they name', () => {
    for (const shortcut of table) {
      for (const key of shortcut.keys) expect(shortcutFor(table, press(key))).toBe(shortcut);
      for (const code of shortcut.codes ?? []) expect(shortcutFor(table, press('ü', code))).toBe(shortcut);
    }
  });
});

describe('a key', () => {
  it('is read in either case, as Caps Lock gives it', () => {
    expect(commandFor('Z')).toBe('zoom-to-face');
    expect(commandFor('z')).toBe('zoom-to-face');
  });

  it('that is no shortcut means nothing', () => {
    expect(commandFor('F5')).toBeUndefined();
    expect(commandFor('home')).toBeUndefined();
  });

  it.each([
    { ctrlKey: true },
    { altKey: true },
    { metaKey: true },
    { altGraph: true },
    { ctrlKey: true, altKey: true, altGraph: true },
  ])('with %j is not ours', (held) => {
    expect(commandFor('l', 'KeyL', held)).toBeUndefined();
    expect(commandFor('.', 'Period', held)).toBeUndefined();
  });

  it('is the letter at its place where a layout writes no Latin ones, and what it writes everywhere else', () => {
    expect(commandFor('я', 'KeyZ')).toBe('zoom-to-face');
    expect(commandFor('ش', 'KeyA')).toBeUndefined();
    expect(shortcutFor(CHECK_SHORTCUTS, press('к', 'KeyR'))?.command).toBe('right');
    expect(commandFor('z', 'KeyY')).toBe('zoom-to-face');
    expect(commandFor('ü', 'KeyZ')).toBeUndefined();
  });

  it('J is next and K is previous, as everywhere', () => {
    expect(commandFor('j')).toBe('next-face');
    expect(commandFor('k')).toBe('previous-face');
  });
});

describe('the next and the previous picture', () => {
  test.each([
    ['US', press(']', 'BracketRight'), press('[', 'BracketLeft')],
    ['German by position', press('+', 'BracketRight'), press('ü', 'BracketLeft')],
    ['French by position, a dead key', press('$', 'BracketRight'), press('Dead', 'BracketLeft')],
    ['German with AltGr on Linux', press(']', 'Digit9', { altGraph: true }), press('[', 'Digit8', { altGraph: true })],
    [
      'German with AltGr on Windows',
      press(']', 'Digit9', { ctrlKey: true, altKey: true, altGraph: true }),
      press('[', 'Digit8', { ctrlKey: true, altKey: true, altGraph: true }),
    ],
    ['German with Option on a Mac', press(']', 'Digit6', { altKey: true }), press('[', 'Digit5', { altKey: true })],
    ['anywhere', press('.', 'Period'), press(',', 'Comma')],
  ])('can be typed: %s', (_, next, previous) => {
    expect(shortcutFor(SHORTCUTS, next)?.command).toBe('next-picture');
    expect(shortcutFor(SHORTCUTS, previous)?.command).toBe('previous-picture');
  });

  test('leave the keys of the overlay alone: on Dvorak the equals sign is where the bracket is', () => {
    expect(commandFor('=', 'BracketRight')).toBe('zoom-in');
    expect(commandFor('+', 'Equal', { shiftKey: true })).toBe('zoom-in');
    expect(commandFor('+', 'NumpadAdd')).toBe('zoom-in');
  });

  test.each([{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }])(
    'are not meant by the place with %j',
    (held) => {
      expect(commandFor('ü', 'BracketLeft', held)).toBeUndefined();
    },
  );

  test('are not meant by what is typed with Ctrl or ⌘ alone: the browser goes back with those', () => {
    expect(commandFor('[', 'BracketLeft', { ctrlKey: true })).toBeUndefined();
    expect(commandFor('[', 'BracketLeft', { metaKey: true })).toBeUndefined();
    expect(commandFor('[', 'BracketLeft', { metaKey: true, altKey: true })).toBeUndefined();
  });
});

test('Ctrl or ⌘ with Z takes back, wherever the letter is, and nothing else does', () => {
  const none = { code: '', ctrlKey: false, altKey: false, metaKey: false };
  expect(isUndoKey({ ...none, key: 'z', ctrlKey: true })).toBe(true);
  expect(isUndoKey({ ...none, key: 'Z', metaKey: true })).toBe(true);
  expect(isUndoKey({ ...none, key: 'я', code: 'KeyZ', ctrlKey: true })).toBe(true);
  expect(isUndoKey({ ...none, key: 'y', code: 'KeyZ', ctrlKey: true })).toBe(false);
  expect(isUndoKey({ ...none, key: 'z' })).toBe(false);
  expect(isUndoKey({ ...none, key: 'z', ctrlKey: true, altKey: true })).toBe(false);
});

test('Ctrl or ⌘ with A selects all, and nothing else does', () => {
  const none = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };
  expect(isSelectAllKey({ ...none, key: 'a', ctrlKey: true })).toBe(true);
  expect(isSelectAllKey({ ...none, key: 'A', metaKey: true })).toBe(true);
  expect(isSelectAllKey({ ...none, key: 'a' })).toBe(false);
  expect(isSelectAllKey({ ...none, key: 'a', ctrlKey: true, shiftKey: true })).toBe(false);
  expect(isSelectAllKey({ ...none, key: 'b', ctrlKey: true })).toBe(false);
});
