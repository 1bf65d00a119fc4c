import { CHECK_SHORTCUTS, type CheckCommandName } from '#page/keyboard/shortcuts.ts';
import { useShortcutTable } from '#page/keyboard/use-shortcut-table.ts';

/** What was pressed: the digit of `number`, and whether the key is merely still held. */
export type CheckPress = { readonly key: string; readonly repeat: boolean };

/** A command without a handler leaves its key to the browser. */
export type CheckKeyHandlers = {
  readonly [command in Exclude<CheckCommandName, 'hide-boxes'>]?: (press: CheckPress) => void;
} & {
  /** Called with true when the key goes down and with false when it is released or the window loses the focus. */
  readonly 'hide-boxes'?: (held: boolean) => void;
};

/** Runs the keys of check mode, on the same terms as those of the table. */
export function useCheckKeys(handlers: CheckKeyHandlers): void {
  useShortcutTable(CHECK_SHORTCUTS, {
    onPress: ({ command }, { key, repeat }) => {
      if (command === 'hide-boxes') return false;
      const handler = handlers[command];
      handler?.({ key, repeat });
      return handler !== undefined;
    },
    onHold: (held) => handlers['hide-boxes']?.(held),
  });
}
