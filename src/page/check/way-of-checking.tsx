import clsx from 'clsx';
import { Columns2, Image, LayoutGrid, type LucideIcon } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { goOnChecking, useWayOfChecking, type WayOfChecking } from './check-mode.ts';

const WAYS: readonly {
  readonly value: WayOfChecking;
  readonly label: string;
  readonly hotkey: string;
  readonly icon: LucideIcon;
}[] = [
  { value: 'picture', label: 'Picture by picture', hotkey: 'C', icon: Image },
  { value: 'sheet', label: 'Contact sheet', hotkey: 'C', icon: LayoutGrid },
  { value: 'compare', label: 'Compare', hotkey: 'V', icon: Columns2 },
];

/**
 * How one checks, first in the second line. Arrows only move the focus. Words become pictures where there is no room for
 * them, which is earlier in a `crowded` line.
 */
export function WayOfCheckingSwitch({ crowded = false }: { readonly crowded?: boolean }) {
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
      className="flex shrink-0 rounded-[10px] border border-line bg-raised p-0.5"
    >
      {WAYS.map(({ value, label, hotkey, icon: Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-keyshortcuts={hotkey}
          title={label}
          className={clsx(
            'flex min-h-7 items-center rounded px-2.5 text-[0.8125rem] text-ink-soft pointer-coarse:min-h-11',
            crowded ? 'max-xl:min-w-11 max-xl:justify-center' : 'max-md:min-w-11 max-md:justify-center',
            'aria-checked:bg-panel aria-checked:text-ink aria-checked:shadow-sm',
            'forced-colors:aria-checked:bg-[Highlight] forced-colors:aria-checked:text-[HighlightText] forced-color-adjust-none',
          )}
        >
          <Icon aria-hidden className={clsx('size-4', crowded ? 'xl:hidden' : 'md:hidden')} />
          <span className={crowded ? 'max-xl:sr-only' : 'max-md:sr-only'}>{label}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
