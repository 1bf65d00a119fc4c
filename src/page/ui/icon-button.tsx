import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { type ButtonLook, buttonClass } from './button.tsx';
import { Tooltip } from './tooltip.tsx';

type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  readonly icon: LucideIcon;
  /** Accessible name, also the tooltip. */
  readonly label: string;
  readonly look?: ButtonLook;
};

/** A button with a picture only. 28 px square, 44 px where fingers point. */
export function IconButton({ icon: Icon, label, look = 'quiet', className, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        className={buttonClass(look, clsx('size-7 pointer-coarse:size-11', className))}
        {...props}
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </Tooltip>
  );
}
