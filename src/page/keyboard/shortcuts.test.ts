import { describe, expect, it } from 'vitest';
import { SHORTCUTS, shortcutFor } from './shortcuts.ts';

describe('the table of shortcuts', () => {
  it('gives no key to two commands', () => {
    const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has each command once', () => {
    const commands = SHORTCUTS.map((shortcut) => shortcut.command);
    expect(new Set(commands).size).toBe(commands.length);
  });

  it('can be reached through every key it names', () => {
    for (const shortcut of SHORTCUTS) for (const key of shortcut.keys) expect(shortcutFor(key)).toBe(shortcut);
  });

  it('reads letters in either case, as Caps Lock gives them', () => {
    expect(shortcutFor('Z')?.command).toBe('zoom-to-face');
    expect(shortcutFor('z')?.command).toBe('zoom-to-face');
  });

  it('knows nothing of other keys', () => {
    expect(shortcutFor('F5')).toBeUndefined();
    expect(shortcutFor('home')).toBeUndefined();
  });
});
