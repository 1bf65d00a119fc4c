import clsx from 'clsx';
import type { ReactNode } from 'react';

type TickRowProps = {
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
  /** What is so when it is ticked; may run over several lines. */
  readonly children: ReactNode;
  readonly className?: string;
};

/** One thing to be ticked, with its words beside it: the whole row is the target. */
export const TickRow = ({ isTicked, onTick, children, className }: TickRowProps) => (
  <label
    className={clsx(
      'flex min-h-8 items-start gap-2.5 py-1 text-ink pointer-coarse:min-h-11 pointer-coarse:items-center',
      className,
    )}
  >
    <input
      type="checkbox"
      checked={isTicked}
      onChange={(event) => onTick(event.target.checked)}
      className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:mt-0"
    />
    <span>{children}</span>
  </label>
);
