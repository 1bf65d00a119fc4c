import clsx from 'clsx';
import { type ComponentProps, useEffect, useRef } from 'react';

/**
 * The browser's own modal dialog: all that lies behind it is out of reach for every device, and the focus goes back to
 * where it was. Always mounted, closed until `isOpen`.
 */
export function ModalDialog({ isOpen, className, ...props }: ComponentProps<'dialog'> & { readonly isOpen: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className={clsx(
        'm-auto w-[calc(100vw-2rem)] max-w-md rounded-xl border border-line bg-panel text-ink shadow-float backdrop:bg-black/50',
        className,
      )}
      {...props}
    />
  );
}
