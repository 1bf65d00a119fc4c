import clsx from 'clsx';
import type { ComponentProps } from 'react';

/**
 * `primary` is the one main thing to do, `danger` the one that cannot be undone, `outline` stands beside either, `quiet`
 * has no shape until it is pointed at.
 */
export type ButtonLook = 'primary' | 'danger' | 'outline' | 'quiet';

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  primary: 'bg-accent text-accent-ink hover:brightness-110',
  danger: 'bg-bad text-panel hover:brightness-110',
  outline: 'border border-line-strong bg-panel text-ink hover:bg-raised',
  quiet: 'text-ink-soft hover:bg-raised hover:text-ink',
};

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded font-medium whitespace-nowrap select-none disabled:opacity-50 forced-colors:border';

/** Look of a button, for elements that are buttons already (menu triggers, toolbar buttons). */
export const buttonClass = (look: ButtonLook, className?: string): string => clsx(BASE, LOOKS[look], className);

type ButtonProps = ComponentProps<'button'> & { readonly look?: ButtonLook };

/** A button with words. At least 32 px high, 44 px where fingers point. */
export function Button({ look = 'outline', className, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={buttonClass(look, clsx('min-h-8 px-3 text-[0.8125rem] pointer-coarse:min-h-11', className))}
      {...props}
    />
  );
}
