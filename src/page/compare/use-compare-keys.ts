import { COMPARE_SHORTCUTS, type CompareCommand } from '#page/keyboard/shortcuts.ts';
import { useShortcutTable } from '#page/keyboard/use-shortcut-table.ts';

/** Commands that last for as long as their key is down. */
type HeldCommand = 'truth-only' | 'flip' | 'hide-boxes';

const isHeld = (command: CompareCommand): command is HeldCommand =>
  command === 'truth-only' || command === 'flip' || command === 'hide-boxes';

export type CompareKeyHandlers = Readonly<
  Record<Exclude<CompareCommand, HeldCommand>, (press: { readonly repeat: boolean }) => void>
> &
  /** Called with true when the key goes down and with false when it is released or the window loses the focus. */
  Readonly<Record<HeldCommand, (held: boolean) => void>>;

/** Runs the keys of the comparison, on the same terms as those of the table. */
export function useCompareKeys(handlers: CompareKeyHandlers): void {
  useShortcutTable(COMPARE_SHORTCUTS, {
    onPress: ({ command }, { repeat }) => {
      if (isHeld(command)) return false;
      handlers[command]({ repeat });
      return true;
    },
    onHold: (held, command) => {
      if (isHeld(command)) handlers[command](held);
    },
  });
}
