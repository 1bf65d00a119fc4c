import clsx from 'clsx';
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

type DialogCardProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /**
   * What has the focus first, as a selector within the card; else the card itself. Never the close button: its hint would
   * eat the first Esc.
   */
  readonly firstFocus?: string;
  /** Where the focus goes when it closes; the browser's way unless this claims the event. */
  readonly onCloseAutoFocus?: (event: Event) => void;
  /** What it holds describes itself with a `Dialog.Description`. */
  readonly isDescribed?: boolean;
  /** How wide it is at most, and how it lies out what is in it. */
  readonly className: string;
  readonly children: ReactNode;
};

/**
 * A card in the middle of the page, in front of everything. The backdrop is a plain element: Radix' own would lock
 * scrolling with a style element, which the Content-Security-Policy refuses.
 */
export function DialogCard({
  isOpen,
  onClose,
  firstFocus,
  onCloseAutoFocus,
  isDescribed = false,
  className,
  children,
}: DialogCardProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div aria-hidden className="fixed inset-0 z-50 bg-black/50" />
        <Dialog.Content
          {...(isDescribed ? {} : { 'aria-describedby': undefined })}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            const card = event.currentTarget;
            if (!(card instanceof HTMLElement)) return;
            const first = firstFocus === undefined ? null : card.querySelector(firstFocus);
            (first instanceof HTMLElement ? first : card).focus();
          }}
          {...(onCloseAutoFocus === undefined ? {} : { onCloseAutoFocus })}
          className={clsx(
            'fixed inset-x-3 top-1/2 z-50 mx-auto max-h-[calc(100dvh-2rem)] -translate-y-1/2 rounded-xl border border-line bg-panel shadow-float outline-none',
            className,
          )}
        >
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The card's title with the way out beside it. */
export function DialogHead({ title, className }: { readonly title: string; readonly className?: string }) {
  return (
    <div className={clsx('flex items-center justify-between gap-3 px-5 pt-4', className ?? 'pb-3')}>
      <Dialog.Title className="text-base font-semibold">{title}</Dialog.Title>
      <Dialog.Close asChild>
        <IconButton icon={X} label="Close" />
      </Dialog.Close>
    </div>
  );
}
