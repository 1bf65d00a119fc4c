import { useEffect, useEffectEvent } from 'react';
import { usesKey } from '#page/keyboard/focused-control.ts';
import {
  COMPARE_SHORTCUTS,
  type CompareCommand,
  isCharacterPress,
  type KeyPress,
  shortcutFor,
} from '#page/keyboard/shortcuts.ts';
import { singleKeysOn } from '#page/keyboard/single-key-preference.ts';

/** Commands that last for as long as their key is down. */
type HeldCommand = 'truth-only' | 'flip' | 'hide-boxes';

const isHeld = (command: CompareCommand): command is HeldCommand =>
  command === 'truth-only' || command === 'flip' || command === 'hide-boxes';

export type CompareKeyHandlers = Readonly<
  Record<Exclude<CompareCommand, HeldCommand>, (press: { readonly repeat: boolean }) => void>
> &
  /** Called with true when the key goes down and with false when it is released or the window loses the focus. */
  Readonly<Record<HeldCommand, (held: boolean) => void>> & {
    readonly undo: () => void;
    readonly redo: () => void;
  };

/** On layouts without Latin letters a key is the letter that stands at its place. */
function letterAt({ key, code }: KeyboardEvent): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  const isLetterElsewhere = /^\p{L}$/u.test(key) && !/^[a-z]$/i.test(key);
  return place !== undefined && isLetterElsewhere ? place.toLowerCase() : key;
}

const inLatin = (event: KeyboardEvent): KeyPress => ({
  key: letterAt(event),
  code: event.code,
  ctrlKey: event.ctrlKey,
  altKey: event.altKey,
  metaKey: event.metaKey,
  shiftKey: event.shiftKey,
  getModifierState: (name) => event.getModifierState(name),
});

/** Runs the keys of the comparison, on the same terms as those of the table (`useShortcuts`), and undo and redo. */
export function useCompareKeys(handlers: CompareKeyHandlers): void {
  const press = useEffectEvent((event: KeyboardEvent): HeldCommand | undefined => {
    if (event.defaultPrevented || event.isComposing || usesKey(event.target, event.key)) return undefined;
    const latin = inLatin(event);
    const { key, ctrlKey, metaKey, altKey, shiftKey } = latin;
    if (key.toLowerCase() === 'z' && ctrlKey !== metaKey && !altKey) {
      event.preventDefault();
      if (shiftKey) handlers.redo();
      else handlers.undo();
      return undefined;
    }
    if (isCharacterPress(event) && !singleKeysOn()) return undefined;
    const shortcut = shortcutFor(COMPARE_SHORTCUTS, latin);
    if (shortcut === undefined || (event.repeat && shortcut.kind !== 'repeat')) return undefined;
    if (isHeld(shortcut.command)) return shortcut.command;
    event.preventDefault();
    handlers[shortcut.command]({ repeat: event.repeat });
    return undefined;
  });
  const hold = useEffectEvent((command: HeldCommand, held: boolean) => handlers[command](held));
  useEffect(() => {
    const held = new Map<string, HeldCommand>();
    const onKeyDown = (event: KeyboardEvent) => {
      const command = press(event);
      if (command === undefined || held.has(event.code)) return;
      held.set(event.code, command);
      hold(command, true);
    };
    const release = (code: string) => {
      const command = held.get(code);
      if (command === undefined) return;
      held.delete(code);
      hold(command, false);
    };
    const onKeyUp = ({ code }: KeyboardEvent) => release(code);
    const releaseAll = () => {
      for (const code of [...held.keys()]) release(code);
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', releaseAll);
    document.addEventListener('visibilitychange', releaseAll);
    return () => {
      releaseAll();
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', releaseAll);
      document.removeEventListener('visibilitychange', releaseAll);
    };
  }, []);
}
