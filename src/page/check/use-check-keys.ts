import { useEffect, useEffectEvent } from 'react';
import { usesKey } from '#page/keyboard/focused-control.ts';
import {
  CHECK_SHORTCUTS,
  type CheckCommandName,
  isCharacterPress,
  type KeyPress,
  shortcutFor,
} from '#page/keyboard/shortcuts.ts';
import { singleKeysOn } from '#page/keyboard/single-key-preference.ts';

/** What was pressed: the digit of `number`, and whether the key is merely still held. */
export type CheckPress = { readonly key: string; readonly repeat: boolean };

/** A command without a handler leaves its key to the browser. */
export type CheckKeyHandlers = {
  readonly [command in Exclude<CheckCommandName, 'hide-boxes'>]?: (press: CheckPress) => void;
} & {
  /** Called with true when the key goes down and with false when it is released or the window loses the focus. */
  readonly 'hide-boxes'?: (held: boolean) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** False where another way of checking has the keys. */
  readonly enabled?: boolean;
};

/** On layouts without Latin letters a key is the letter that stands at its place. */
const inLatin = (event: KeyboardEvent): KeyPress => {
  const place = /^Key([A-Z])$/.exec(event.code)?.[1];
  const isLetterElsewhere = /^\p{L}$/u.test(event.key) && !/^[a-z]$/i.test(event.key);
  return place !== undefined && isLetterElsewhere
    ? {
        key: place.toLowerCase(),
        code: event.code,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
        shiftKey: event.shiftKey,
        getModifierState: (name) => event.getModifierState(name),
      }
    : event;
};

/** Runs the keys of check mode, on the same terms as those of the table (`useShortcuts`), and undo and redo. */
export function useCheckKeys(handlers: CheckKeyHandlers): void {
  const press = useEffectEvent((event: KeyboardEvent): 'held' | 'done' | undefined => {
    if (handlers.enabled === false || event.defaultPrevented || event.isComposing) return undefined;
    const latin = inLatin(event);
    if (isUndoKey(latin)) {
      if (usesKey(event.target, event.key)) return undefined;
      event.preventDefault();
      if (latin.shiftKey) handlers.redo();
      else handlers.undo();
      return 'done';
    }
    if (isCharacterPress(event) && !singleKeysOn()) return undefined;
    const shortcut = shortcutFor(CHECK_SHORTCUTS, latin);
    if (shortcut === undefined || (event.repeat && shortcut.kind === 'press')) return undefined;
    if (usesKey(event.target, event.key)) return undefined;
    if (shortcut.command === 'hide-boxes') {
      return event.repeat || handlers['hide-boxes'] === undefined ? undefined : 'held';
    }
    const handler = handlers[shortcut.command];
    if (handler === undefined) return undefined;
    event.preventDefault();
    handler({ key: latin.key, repeat: event.repeat });
    return 'done';
  });
  const hold = useEffectEvent((held: boolean) => handlers['hide-boxes']?.(held));
  useEffect(() => {
    let heldKey: string | undefined;
    const release = () => {
      if (heldKey === undefined) return;
      heldKey = undefined;
      hold(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (press(event) !== 'held' || heldKey !== undefined) return;
      heldKey = event.code;
      hold(true);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.code === heldKey) release();
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', release);
    document.addEventListener('visibilitychange', release);
    return () => {
      release();
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', release);
      document.removeEventListener('visibilitychange', release);
    };
  }, []);
}

const isUndoKey = ({ key, ctrlKey, metaKey, altKey }: KeyPress): boolean =>
  key.toLowerCase() === 'z' && ctrlKey !== metaKey && !altKey;
