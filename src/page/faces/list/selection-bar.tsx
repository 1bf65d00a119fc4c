import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { buttonClass } from '#page/ui/button.tsx';
import { Tooltip } from '#page/ui/tooltip.tsx';
import type { Face } from '#shared/face.ts';

/** Something to do with all selected faces: one table of these is behind the list's header and the menu of a face. */
export type SelectionAction = {
  readonly id: string;
  /** "Blur all but these": also in the menu. */
  readonly label: string;
  readonly icon: LucideIcon;
  /** In the header with its words, or as an icon where there is little room. */
  readonly inHeader: 'words' | 'icon';
  /** Why it cannot be done with so many; undefined where it can. */
  readonly refusal?: (count: number) => string | undefined;
  /** The faces come by their numbers. */
  readonly onRun: (faces: readonly Face[]) => void;
};

type SelectionBarProps = {
  readonly faces: readonly Face[];
  readonly actions: readonly SelectionAction[];
  /** True where all of it stands in one row with the count. */
  readonly isLow: boolean;
};

const ACTION = 'h-7 px-2 text-xs aria-disabled:opacity-50 pointer-coarse:h-11';

/** What can be done with the selected faces, in place of number, order and filter: one stop of Tab, arrows inside. */
export function SelectionBar({ faces, actions, isLow }: SelectionBarProps) {
  return (
    <Toolbar.Root
      aria-label="Selected faces"
      className={clsx('flex items-center', isLow ? 'ml-auto' : 'min-w-0 flex-1 flex-wrap gap-1')}
    >
      {actions.map((action) => {
        const { id, label, icon: Icon, inHeader, refusal } = action;
        // One alone, as a long press begins, is the card's affair.
        const refused = faces.length < 2 ? 'Select more faces first' : refusal?.(faces.length);
        const isWords = inHeader === 'words' && !isLow;
        return (
          <Tooltip key={id} text={refused ?? label}>
            <Toolbar.Button
              aria-label={label}
              // Not `disabled`: the reason has to be reached.
              aria-disabled={refused !== undefined}
              aria-description={refused}
              className={buttonClass(
                isWords ? 'outline' : 'quiet',
                isWords ? ACTION : `${ACTION} min-w-7 pointer-coarse:min-w-11`,
              )}
              onClick={() => refused === undefined && action.onRun(faces)}
            >
              {!isWords && <Icon aria-hidden className="size-4" />}
              {!isLow && <span className={isWords ? undefined : 'hidden @min-[29rem]:inline'}>{label}</span>}
            </Toolbar.Button>
          </Tooltip>
        );
      })}
    </Toolbar.Root>
  );
}
