import clsx from 'clsx';
import { Image, LayoutGrid, type LucideIcon } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { CHECK_WAYS, type CheckWay, WAY_NAMES } from './check-way.ts';

const ICONS: Readonly<Record<CheckWay, LucideIcon>> = { picture: Image, sheet: LayoutGrid };
const WAYS = CHECK_WAYS.map((name) => ({ name, icon: ICONS[name] }));

type WayOfCheckingProps = {
  readonly way: CheckWay;
  readonly onChoose: (way: CheckWay) => void;
};

/**
 * Which way the pictures are checked. Arrows only move the focus, and a click does not take it: the keys stay with what
 * is checked.
 */
export function WayOfChecking({ way, onChoose }: WayOfCheckingProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Way of checking"
      orientation="horizontal"
      value={way}
      onValueChange={(value) => {
        const chosen = CHECK_WAYS.find((name) => name === value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      onMouseDown={(event) => event.preventDefault()}
      className="flex shrink-0 rounded-[10px] border border-line bg-raised p-0.5"
    >
      {WAYS.map(({ name, icon: Icon }) => (
        <ToggleGroup.Item
          key={name}
          value={name}
          aria-keyshortcuts={name === way ? undefined : 'C'}
          className={clsx(
            'flex min-h-7 items-center justify-center rounded px-2.5 text-[0.8125rem] whitespace-nowrap text-ink-soft max-lg:px-2 pointer-coarse:min-h-11',
            'aria-checked:bg-panel aria-checked:text-ink aria-checked:shadow-sm',
            'forced-colors:text-[ButtonText] forced-colors:aria-checked:bg-[Highlight] forced-colors:aria-checked:text-[HighlightText] forced-color-adjust-none',
          )}
        >
          <Icon aria-hidden className="size-4 sm:hidden" />
          <span className="max-sm:sr-only">{WAY_NAMES[name]}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
