import { LayoutGrid, List, type LucideIcon } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { IconButton } from '#page/ui/icon-button.tsx';
import { Tooltip } from '#page/ui/tooltip.tsx';
import { LIST_LOOKS, type ListLook } from './list-look.ts';

const LOOKS: Readonly<Record<ListLook, { readonly label: string; readonly icon: LucideIcon }>> = {
  list: { label: 'List', icon: List },
  grid: { label: 'Grid', icon: LayoutGrid },
};

type LookSwitchProps = { readonly look: ListLook; readonly onChoose: (look: ListLook) => void };

/** Cards or crops. Arrows only move the focus, and a click does not take it, as at the engine switch. */
export function LookSwitch({ look, onChoose }: LookSwitchProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Layout"
      orientation="horizontal"
      value={look}
      onValueChange={(value) => {
        const chosen = LIST_LOOKS.find((known) => known === value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      onMouseDown={(event) => event.preventDefault()}
      className="flex shrink-0 rounded border border-line bg-raised p-0.5"
    >
      {LIST_LOOKS.map((known) => {
        const { label, icon: Icon } = LOOKS[known];
        return (
          <Tooltip key={known} text={label}>
            <ToggleGroup.Item
              value={known}
              aria-label={label}
              // The tooltip's own state would hide which one is chosen from the style.
              data-chosen={known === look || undefined}
              className="grid h-6.5 w-8 place-items-center rounded-sm text-ink-faint hover:text-ink data-chosen:bg-panel data-chosen:text-ink data-chosen:shadow-sm forced-colors:data-chosen:outline-2 forced-colors:data-chosen:outline-[Highlight] pointer-coarse:size-11"
            >
              <Icon aria-hidden className="size-4" />
            </ToggleGroup.Item>
          </Tooltip>
        );
      })}
    </ToggleGroup.Root>
  );
}

/** The same where there is little room: the one button leads to the other layout. */
export function LookButton({ look, onChoose }: LookSwitchProps) {
  const other = look === 'grid' ? 'list' : 'grid';
  return (
    <IconButton
      icon={LOOKS[other].icon}
      label={`Show as a ${other}`}
      className="-mr-2"
      onClick={() => onChoose(other)}
    />
  );
}
