import clsx from 'clsx';
import { ToggleGroup } from 'radix-ui';
import { goOnChecking, useWayOfChecking, type WayOfChecking } from './check-mode.ts';

const WAYS: readonly { readonly value: WayOfChecking; readonly label: string; readonly hotkey: string }[] = [
  { value: 'picture', label: 'Picture by picture', hotkey: 'C' },
  { value: 'compare', label: 'Compare', hotkey: 'V' },
];

/** How one checks, first in the second line. Arrows only move the focus. */
export function WayOfCheckingSwitch() {
  const way = useWayOfChecking();
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Way of checking"
      orientation="horizontal"
      value={way}
      onValueChange={(value) => {
        const chosen = WAYS.find((each) => each.value === value);
        if (chosen !== undefined) goOnChecking(chosen.value);
      }}
      onMouseDown={(event) => event.preventDefault()}
      className="flex shrink-0 rounded-[10px] border border-line bg-raised p-0.5 max-md:hidden"
    >
      {WAYS.map(({ value, label, hotkey }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-keyshortcuts={hotkey}
          className={clsx(
            'flex min-h-7 items-center rounded px-2.5 text-[0.8125rem] text-ink-soft pointer-coarse:min-h-10',
            'aria-checked:bg-panel aria-checked:text-ink aria-checked:shadow-sm',
            'forced-colors:aria-checked:bg-[Highlight] forced-colors:aria-checked:text-[HighlightText] forced-color-adjust-none',
          )}
        >
          {label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
