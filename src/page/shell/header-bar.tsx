import type { ReactNode } from 'react';
import { Logo } from '#page/ui/logo.tsx';

type HeaderBarProps = {
  /** Leaves less room for the wordmark. */
  readonly isCrowded?: boolean;
  readonly children?: ReactNode;
};

/** The page's first line: the wordmark, and what stands beside it. */
export function HeaderBar({ isCrowded = false, children }: HeaderBarProps) {
  return (
    // Larger text may need a second line; nothing of it may be out of sight.
    <header className="flex min-h-14 flex-wrap items-center gap-x-5 gap-y-1 border-b border-line bg-panel px-4 py-0.5 max-xl:gap-x-3 max-lg:gap-x-2 max-lg:px-3 max-md:gap-x-1.5 max-md:px-2 max-[22rem]:gap-x-1 max-[22rem]:px-1">
      <h1 translate="no" className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
        {/* The engine's names are worth more than the mark where there is no room for both. */}
        <Logo className={isCrowded ? 'size-6 max-[24rem]:hidden' : 'size-6 max-[22rem]:hidden'} />
        <span className={isCrowded ? 'max-[54rem]:sr-only' : 'max-[26.8rem]:sr-only'}>Facebound</span>
      </h1>
      {children}
    </header>
  );
}
