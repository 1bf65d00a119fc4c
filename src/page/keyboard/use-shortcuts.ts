import { useEffect, useEffectEvent } from 'react';
import { usesKey } from './focused-control.ts';
import { isCharacterPress, type PressCommand, SHORTCUTS, type Shortcut, shortcutFor } from './shortcuts.ts';
import { singleKeysOn } from './single-key-preference.ts';

/** What to do for each command; a command without a handler leaves its key to the browser. */
export type ShortcutHandlers = {
  /** `repeat`: whether the key is merely still held. */
  readonly [command in PressCommand]?: (press: { readonly repeat: boolean }) => void;
} & {
  /** Called with every digit before anything else that it may mean; false when it does not take this one. */
  readonly 'pick-face'?: (digit: string) => boolean;
  /** Called with true when the key goes down and with false when it is released or the window loses the focus. */
  readonly 'hide-boxes'?: (held: boolean) => void;
};

/**
 * Runs the shortcuts of `SHORTCUTS` for the whole page. A key goes to whatever already handled it (`defaultPrevented`)
 * or to the focused control that uses it; text being composed is never ours.
 */
export function useShortcuts(handlers: ShortcutHandlers, { enabled = true }: { enabled?: boolean } = {}): void {
  const press = useEffectEvent((event: KeyboardEvent, shortcut: Shortcut) => run(handlers, event, shortcut));
  const hold = useEffectEvent((held: boolean) => handlers['hide-boxes']?.(held));

  useEffect(() => {
    if (!enabled) return;
    let heldKey: string | undefined;
    const release = () => {
      if (heldKey === undefined) return;
      heldKey = undefined;
      hold(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const shortcut = wantedShortcut(event);
      if (shortcut === undefined) return;
      if (shortcut.kind !== 'hold') {
        press(event, shortcut);
      } else if (heldKey === undefined && !event.repeat) {
        heldKey = event.code;
        hold(true);
      }
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
  }, [enabled]);
}

/** The shortcut that this key press asks for, or undefined when the key is not ours to take. */
function wantedShortcut(event: KeyboardEvent): Shortcut | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  if (isCharacterPress(event) && !singleKeysOn()) return undefined;
  const shortcut = shortcutFor(SHORTCUTS, event);
  if (shortcut === undefined || (event.repeat && shortcut.kind === 'press')) return undefined;
  return usesKey(event.target, event.key) ? undefined : shortcut;
}

function run(handlers: ShortcutHandlers, event: KeyboardEvent, { command }: Shortcut): void {
  if (command === 'hide-boxes') return;
  const handled = pick(handlers, event.key) || (command !== 'pick-face' && call(handlers[command], event));
  if (handled) event.preventDefault();
}

const pick = (handlers: ShortcutHandlers, key: string): boolean =>
  /^[0-9]$/.test(key) && handlers['pick-face']?.(key) === true;

const call = (handler: ShortcutHandlers[PressCommand], { repeat }: KeyboardEvent): boolean => {
  handler?.({ repeat });
  return handler !== undefined;
};
