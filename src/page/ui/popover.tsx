import clsx from 'clsx';
import { Popover as Radix } from 'radix-ui';
import { type ComponentProps, useRef } from 'react';

/** A panel that floats beside its button. Not modal, so that dropping and pasting go on. */
export const Popover = Radix.Root;
/** Stands where the panel is to be placed, instead of its button. */
export const PopoverAnchor = Radix.Anchor;

/** Opens the panel. A click does not take the focus: what had it gets it back, and keys mean that again. */
export const PopoverTrigger = (props: ComponentProps<typeof Radix.Trigger>) => (
  <Radix.Trigger {...props} onMouseDown={(event) => event.preventDefault()} />
);

type PopoverPanelProps = ComponentProps<typeof Radix.Content> & {
  /** Accessible name. */
  readonly label: string;
};

export function PopoverPanel({ label, className, onCloseAutoFocus, ...props }: PopoverPanelProps) {
  const before = useRef<Element | null>(null);
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={6}
        collisionPadding={12}
        aria-label={label}
        onOpenAutoFocus={() => {
          before.current = document.activeElement;
        }}
        onCloseAutoFocus={(event) => {
          onCloseAutoFocus?.(event);
          if (event.defaultPrevented) return;
          const target = before.current;
          const isFree = document.activeElement === null || document.activeElement === document.body;
          if (isFree && !(target instanceof HTMLElement && target.isConnected)) return;
          // Never by itself to the button, where Enter would open the panel again: it means a face now. A click elsewhere,
          // or what looks after a lost focus, may have moved it already.
          event.preventDefault();
          if (isFree && target instanceof HTMLElement && target !== document.body)
            target.focus({ preventScroll: true });
        }}
        className={clsx(
          'z-50 max-w-[calc(100vw-24px)] rounded-lg border border-line bg-panel p-4 shadow-float',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}
