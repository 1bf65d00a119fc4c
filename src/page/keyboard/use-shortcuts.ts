import { type PressCommand, SHORTCUTS, type Shortcut, type ShortcutCommand } from './shortcuts.ts';
import { useShortcutTable } from './use-shortcut-table.ts';

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

/** Runs the shortcuts of `SHORTCUTS` for the whole page, as `useShortcutTable` does. */
export function useShortcuts(handlers: ShortcutHandlers, { enabled = true }: { enabled?: boolean } = {}): void {
  useShortcutTable(
    SHORTCUTS,
    {
      onPress: (shortcut, event) => run(handlers, event, shortcut),
      onHold: (held) => handlers['hide-boxes']?.(held),
    },
    enabled,
  );
}

const run = (handlers: ShortcutHandlers, event: KeyboardEvent, { command }: Shortcut<ShortcutCommand>): boolean =>
  command !== 'hide-boxes' &&
  (pick(handlers, event.key) || (command !== 'pick-face' && call(handlers[command], event)));

const pick = (handlers: ShortcutHandlers, key: string): boolean =>
  /^[0-9]$/.test(key) && handlers['pick-face']?.(key) === true;

const call = (handler: ShortcutHandlers[PressCommand], { repeat }: KeyboardEvent): boolean => {
  handler?.({ repeat });
  return handler !== undefined;
};
