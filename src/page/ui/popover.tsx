import clsx from 'clsx';
import { Popover as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';

/** A panel that floats beside its button. Not modal, so that dropping and pasting go on. */
export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;

type PopoverPanelProps = ComponentProps<typeof Radix.Content> & {
  /** Accessible name. */
  readonly label: string;
};

export function PopoverPanel({ label, className, ...props }: PopoverPanelProps) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={6}
        collisionPadding={12}
        aria-label={label}
        className={clsx(
          'z-50 max-w-[calc(100vw-24px)] rounded-lg border border-line bg-panel p-4 shadow-float',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}
