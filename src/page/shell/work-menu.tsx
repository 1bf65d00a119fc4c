import { FolderClock, LogOut } from 'lucide-react';
import type { RefObject } from 'react';
import { leaveQuestion } from '#page/persistence/leave-question.ts';
import { Button, buttonClass } from '#page/ui/button.tsx';
import { Popover, PopoverAnchor, PopoverPanel, PopoverTrigger } from '#page/ui/popover.tsx';
import { Tooltip } from '#page/ui/tooltip.tsx';
import { RecentArea } from './areas.tsx';

/** What the menu is called, here and in the menu of narrow screens. */
export const WORK_MENU = 'Your work';

type WorkMenuProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Whether the page itself lists recent pictures, as it does while nothing is open. */
  readonly isRecentOnPage: boolean;
  /** Whether there is anything to sign out of. */
  readonly canSignOut: boolean;
  /** The menu of narrow screens, which opens it there and gets the focus back. */
  readonly narrowMenu: RefObject<HTMLButtonElement | null>;
};

/**
 * What this browser remembers, what of it is kept, how it is forgotten, and the way out. Narrow screens open it from
 * their one menu, beside which it stands.
 */
export function WorkMenu({ open, onOpenChange, isRecentOnPage, canSignOut, narrowMenu }: WorkMenuProps) {
  const close = () => onOpenChange(false);
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <Tooltip text={WORK_MENU}>
        <PopoverTrigger
          aria-label={WORK_MENU}
          className={buttonClass('quiet', 'size-9 max-md:hidden pointer-coarse:size-11')}
        >
          <FolderClock aria-hidden className="size-4.5" />
        </PopoverTrigger>
      </Tooltip>
      {/* Where the button is not there, the panel still has a place. */}
      <PopoverAnchor className="h-9 w-0 md:-ml-1" />
      <PopoverPanel
        align="end"
        label={WORK_MENU}
        onCloseAutoFocus={(event) => {
          if (!narrowMenu.current?.checkVisibility() || !matchMedia(NARROW).matches) return;
          event.preventDefault();
          narrowMenu.current.focus();
        }}
        className="max-h-[var(--radix-popover-content-available-height)] w-96 space-y-3 overflow-y-auto"
      >
        <RecentArea parts={isRecentOnPage ? 'choices' : 'all'} onDone={close} />
        {canSignOut && (
          <Button
            className="w-full border-t border-line pt-3"
            onClick={() => {
              close();
              void leaveQuestion.askInstead(true);
            }}
          >
            <LogOut aria-hidden className="size-4" />
            Sign out…
          </Button>
        )}
      </PopoverPanel>
    </Popover>
  );
}

/** Where the header has one menu for everything that has no room: `max-md`. */
const NARROW = '(width < 48rem)';
