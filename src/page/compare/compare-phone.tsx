import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { PhoneHead, type PhoneHeadProps } from '#page/check/index.ts';
import { IconButton } from '#page/ui/icon-button.tsx';
import { SidePickers, type SidePickersProps } from './compare-bar.tsx';

type ComparePhoneBarProps = { readonly head: PhoneHeadProps; readonly sides: SidePickersProps };

/** In the place of the page's header: out, the picture with the way to the others, undo, and what is compared. */
export function ComparePhoneBar({ head, sides }: ComparePhoneBarProps) {
  return (
    <section aria-label="Check" className="relative shrink-0 border-b border-line bg-panel pb-1.5 text-[0.8125rem]">
      <PhoneHead {...head} />
      <div className="px-2 pt-1">
        <SidePickers {...sides} />
      </div>
    </section>
  );
}

type CompareWalkProps = {
  /** What is walked: "difference", "pair". */
  readonly what: string;
  /** The one that is selected, else how many there are. */
  readonly children: ReactNode;
  /** Undefined at the first one. */
  readonly onBack: (() => void) | undefined;
  /** Undefined after the last one of the last picture. */
  readonly onNext: (() => void) | undefined;
  /** Whether the next one is another picture. */
  readonly goesToPicture: boolean;
};

/** Walks what differs by thumb, as arrow keys do; at the lower edge, where a thumb is. */
export function CompareWalk({ what, children, onBack, onNext, goesToPicture }: CompareWalkProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a border of its own and no flex in some browsers
    <div
      role="group"
      aria-label={`One ${what} after another`}
      className="flex shrink-0 items-center gap-1 border-t border-line bg-panel px-1.5 py-1 text-[0.8125rem] [@media(height>=26rem)]:sticky [@media(height>=26rem)]:bottom-0"
    >
      <IconButton
        icon={ChevronLeft}
        label={`Previous ${what}`}
        disabled={onBack === undefined}
        onClick={onBack}
        className="size-[44px]! [&>svg]:size-5.5"
      />
      <p className="min-w-0 flex-1 text-center leading-snug text-ink-soft">{children}</p>
      <IconButton
        icon={ChevronRight}
        label={goesToPicture ? 'Next picture' : `Next ${what}`}
        disabled={onNext === undefined}
        onClick={onNext}
        className="size-[44px]! [&>svg]:size-5.5"
      />
    </div>
  );
}
