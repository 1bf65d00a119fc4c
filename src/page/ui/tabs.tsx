import clsx from 'clsx';
import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

/** Tabs with an underline, as in the inspector. Each panel can be reached and scrolled by keyboard. */
export function Tabs({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={clsx('flex min-h-0 flex-col', className)} {...props} />;
}

type TabBarProps = {
  /** Accessible name of the row of tabs. */
  readonly label: string;
  readonly tabs: readonly { readonly value: string; readonly label: string }[];
  /** What stands at the right end of the row. */
  readonly children?: ReactNode;
  readonly className?: string;
};

export function TabBar({ label, tabs, children, className }: TabBarProps) {
  return (
    <div className={clsx('flex items-center gap-3 border-b border-line', className)}>
      <Radix.List aria-label={label} className="flex gap-4 self-stretch">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px min-h-10 border-b-2 border-transparent text-[0.8125rem] text-ink-faint hover:text-ink data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink forced-colors:border-[Canvas] forced-colors:data-[state=active]:border-[Highlight] pointer-coarse:min-h-11 pointer-coarse:min-w-11"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </div>
  );
}

export function TabPanel({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Content
      className={clsx('min-h-0 flex-1 outline-offset-[-2px] data-[state=inactive]:hidden', className)}
      {...props}
    />
  );
}
