import { useId } from 'react';
import { DialogCard, DialogHead } from '#page/ui/dialog-card.tsx';
import { ToggleSwitch } from '#page/ui/toggle-switch.tsx';
import { CHECK_SHORTCUTS, COMPARE_SHORTCUTS, LOCAL_KEYS, PRESENT_SHORTCUTS, SHORTCUTS } from '../shortcuts.ts';
import { setSingleKeysOn, useSingleKeysOn } from '../single-key-preference.ts';
import { type KeyEntry, KeyGroup } from './key-group.tsx';

const OF_CHECKING: readonly string[] = ['Checking', 'On the contact sheet'];
const ENTRIES: readonly KeyEntry[] = [...SHORTCUTS, ...LOCAL_KEYS, ...PRESENT_SHORTCUTS].filter(
  ({ group }) => !OF_CHECKING.includes(group) && group !== 'Comparing',
);
/** The list of a mode has the keys of that mode alone. */
const CHECK_ENTRIES: readonly KeyEntry[] = [
  ...CHECK_SHORTCUTS,
  ...LOCAL_KEYS.filter(({ group }) => OF_CHECKING.includes(group)),
];

const COMPARE_ENTRIES: readonly KeyEntry[] = [
  ...COMPARE_SHORTCUTS,
  ...LOCAL_KEYS.filter(({ group }) => group === 'Comparing'),
];

type ShortcutHelpProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Whose keys are listed: the table's with the presentation's, check mode's, or the comparison's. */
  readonly mode?: 'table' | 'check' | 'compare';
};

/** The `?` overlay: every key, from the table that the key handling reads, and the switch for single-character keys. */
export function ShortcutHelp({ open, onOpenChange, mode = 'table' }: ShortcutHelpProps) {
  const entries = { table: ENTRIES, check: CHECK_ENTRIES, compare: COMPARE_ENTRIES }[mode];
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return (
    <DialogCard isOpen={open} onClose={() => onOpenChange(false)} className="flex max-w-3xl flex-col">
      <DialogHead title="Keys" className="pb-2" />
      <p className="px-5 pb-3 text-[0.8125rem] text-ink-soft">
        Embedded is Facebound’s own detector, on this server. Kling is the live service at useapi.net: it needs a token,
        and gets the pictures that you send to it.
      </p>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
        tabIndex={0}
        aria-label="List of keys"
        className="min-h-0 gap-8 overflow-y-auto px-5 outline-offset-[-2px] sm:columns-2"
      >
        {groups.map((group) => (
          <KeyGroup key={group} title={group} entries={entries.filter((entry) => entry.group === group)} />
        ))}
      </section>
      <SingleKeySwitch />
    </DialogCard>
  );
}

function SingleKeySwitch() {
  const id = useId();
  const isOn = useSingleKeysOn();
  return (
    <div className="flex items-center justify-between gap-4 border-t border-line px-5 py-3">
      <label htmlFor={id} className="text-[0.8125rem]">
        Shortcuts of a single letter, digit or sign
        <span className="block text-xs text-ink-faint">
          Switch them off when speech input or a slip of the hand sets them off. Arrows, Home, End, Enter and Esc stay.
        </span>
      </label>
      <ToggleSwitch id={id} checked={isOn} onChange={setSingleKeysOn} />
    </div>
  );
}
