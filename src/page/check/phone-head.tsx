import { ChevronDown, ChevronLeft, Ellipsis, FileText, Redo2, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { PictureName } from '#page/pictures/picture-name.tsx';
import { Button, buttonClass } from '#page/ui/button.tsx';
import { IconButton } from '#page/ui/icon-button.tsx';
import { Popover, PopoverPanel, PopoverTrigger } from '#page/ui/popover.tsx';
import type { CheckSteps } from './check-bar.tsx';
import { WayOfCheckingSwitch } from './way-of-checking.tsx';

export type PhoneHeadProps = CheckSteps & {
  /** The picture's name, and where it stands among the others: "13 of 29". */
  readonly name: string;
  readonly place: string | undefined;
  /** All pictures; `close` puts the list away. */
  readonly pictures: (close: () => void) => ReactNode;
  /** What this way of checking has in the menu besides; `close` puts it away. */
  readonly more?: (close: () => void) => ReactNode;
};

/** In the place of the page's header: out, the picture with the way to the others, undo, and the rest in a menu. */
export function PhoneHead({
  name,
  place,
  pictures,
  canUndo,
  canRedo,
  onUndo,
  onRedo,
  onReport,
  onLeave,
  more,
}: PhoneHeadProps) {
  const [listOpen, setListOpen] = useState(false);
  const [moreOpen, setMoreOpen] = useState(false);
  return (
    <div className="flex items-center gap-1 px-1.5 pt-1.5">
      <IconButton icon={ChevronLeft} label="Leave" onClick={onLeave} className="size-[44px]! [&>svg]:size-5.5" />
      <h1 className="flex min-w-0 flex-1 justify-center">
        <Popover open={listOpen} onOpenChange={setListOpen}>
          <PopoverTrigger className="flex min-h-11 min-w-0 flex-col items-center justify-center rounded px-2 leading-tight hover:bg-raised">
            <span className="flex max-w-full text-[0.9375rem] font-semibold">
              <PictureName name={name} />
            </span>
            <span className="flex items-center gap-1 whitespace-nowrap text-ink-faint tabular-nums">
              {place ?? 'Pictures'}
              <ChevronDown aria-hidden className="size-3.5" />
            </span>
          </PopoverTrigger>
          <PopoverPanel label="Choose a picture" className="h-[min(28rem,60vh)] w-80 overflow-hidden p-0">
            {pictures(() => setListOpen(false))}
          </PopoverPanel>
        </Popover>
      </h1>
      <IconButton
        icon={Undo2}
        label="Undo"
        disabled={!canUndo}
        onClick={onUndo}
        className="size-[44px]! [&>svg]:size-5"
      />
      <Popover open={moreOpen} onOpenChange={setMoreOpen}>
        <PopoverTrigger aria-label="More" className={buttonClass('quiet', 'size-[44px] pointer-coarse:size-[44px]')}>
          <Ellipsis aria-hidden className="size-5" />
        </PopoverTrigger>
        <PopoverPanel
          align="end"
          label="More"
          className="flex max-h-[var(--radix-popover-content-available-height)] w-72 flex-col gap-2 overflow-y-auto"
        >
          <div className="self-start">
            <WayOfCheckingSwitch />
          </div>
          {more?.(() => setMoreOpen(false))}
          <Button disabled={!canRedo} className="min-h-11 justify-start" onClick={onRedo}>
            <Redo2 aria-hidden className="size-4" />
            Redo
          </Button>
          <Button
            className="min-h-11 justify-start"
            onClick={() => {
              setMoreOpen(false);
              onReport();
            }}
          >
            <FileText aria-hidden className="size-4" />
            Report
          </Button>
        </PopoverPanel>
      </Popover>
    </div>
  );
}
