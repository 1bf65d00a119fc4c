import { useEffect, useEffectEvent } from 'react';
import { usesKey } from './focused-control.ts';
import { isCharacterPress, type Shortcut, shortcutFor } from './shortcuts.ts';
import { singleKeysOn } from './single-key-preference.ts';

/** What is done with the keys of a table. */
export type TableHandlers<Command extends string> = {
  /** A key went down, or repeats where that is wanted. True when it was taken: the browser does nothing with it then. */
  readonly onPress: (shortcut: Shortcut<Command>, event: KeyboardEvent) => boolean;
  /** Called with true when a key to hold goes down and with false when it is released or the window loses the focus. */
  readonly onHold: (held: boolean, command: Command) => void;
};

/**
 * Runs a table of keys for the whole page. A key goes to whatever already handled it (`defaultPrevented`) or to the
 * focused control that uses it; text being composed is never ours.
 */
export function useShortcutTable<Command extends string>(
  table: readonly Shortcut<Command>[],
  { onPress, onHold }: TableHandlers<Command>,
  enabled = true,
): void {
  const wanted = useEffectEvent((event: KeyboardEvent) => wantedShortcut(table, event));
  const press = useEffectEvent((shortcut: Shortcut<Command>, event: KeyboardEvent) => {
    if (onPress(shortcut, event)) event.preventDefault();
  });
  const hold = useEffectEvent((held: boolean, command: Command) => onHold(held, command));

  useEffect(() => {
    if (!enabled) return;
    let held: { readonly key: string; readonly command: Command } | undefined;
    const release = () => {
      if (held === undefined) return;
      const { command } = held;
      held = undefined;
      hold(false, command);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const shortcut = wanted(event);
      if (shortcut === undefined) return;
      if (shortcut.kind !== 'hold') {
        press(shortcut, event);
      } else if (held === undefined && !event.repeat) {
        held = { key: event.code, command: shortcut.command };
        hold(true, shortcut.command);
      }
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.code === held?.key) release();
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
  }, [enabled]);
}

/** The shortcut that this key press asks for, or undefined when the key is not ours to take. */
function wantedShortcut<Command extends string>(
  table: readonly Shortcut<Command>[],
  event: KeyboardEvent,
): Shortcut<Command> | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  if (isCharacterPress(event) && !singleKeysOn()) return undefined;
  const shortcut = shortcutFor(table, event);
  if (shortcut === undefined || (event.repeat && shortcut.kind === 'press')) return undefined;
  return usesKey(event.target, event.key) ? undefined : shortcut;
}
