import { Tooltip as Radix } from 'radix-ui';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';

/**
 * A hint for a control, shown on hover and keyboard focus. Drawn beside the control in the document, not at its end,
 * so that it stays inside the control's landmark.
 *
 * It goes a moment after the focus has moved on: a dialog that holds the focus takes something that goes away in
 * between for the loss of it, and the Tab key would never get past a control with a hint.
 */
export function Tooltip({ text, children }: { readonly text: ReactNode; readonly children: ReactElement }) {
  const [open, setOpen] = useState(false);
  const wanted = useRef(false);
  const change = (next: boolean) => {
    wanted.current = next;
    if (next) setOpen(true);
    else setTimeout(() => setOpen(wanted.current));
  };
  return (
    <Radix.Provider delayDuration={400} disableHoverableContent>
      <Radix.Root open={open} onOpenChange={change}>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="pointer-events-none z-50 rounded-sm border border-line-strong bg-raised px-2 py-1 text-xs font-normal text-ink shadow-float"
        >
          {text}
        </Radix.Content>
      </Radix.Root>
    </Radix.Provider>
  );
}
