import clsx from 'clsx';

type ProgressBarProps = {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** How large it is and what is around it. */
  readonly className?: string;
};

/** How far something is, as a thin bar. */
export const ProgressBar = ({ label, value, max, className = 'mt-1.5 block h-1 w-full' }: ProgressBarProps) => (
  <progress
    aria-label={label}
    value={value}
    max={max}
    className={clsx(
      'appearance-none overflow-hidden rounded-full bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent',
      className,
    )}
  />
);
