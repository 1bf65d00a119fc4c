import type { ReactNode } from 'react';
import { Logo } from '#page/ui/logo.tsx';

type EmptyFrameProps = {
  /** Where pictures go, in a sentence that is true here: "Nothing leaves this machine with the embedded detector." Comes a moment later than the rest. */
  readonly privacy?: string;
  readonly children: ReactNode;
};

/** The drop target that fills the empty page: the mark, what to do, and the ways in below it. */
export function EmptyFrame({ privacy, children }: EmptyFrameProps) {
  return (
    <section aria-labelledby="empty-state-title" className="h-full overflow-y-auto p-3 sm:p-6">
      <div className="flex min-h-full flex-col items-center justify-center rounded-xl border border-dashed border-line-strong px-4 py-10 text-center">
        <Logo className="size-17" />
        <h2 id="empty-state-title" className="mt-9 text-3xl font-semibold tracking-tight text-balance">
          <span className="pointer-coarse:hidden">Drop pictures to find their faces</span>
          <span className="hidden pointer-coarse:inline">Choose pictures to find their faces</span>
        </h2>
        <p className="mt-3 max-w-2xl text-[0.9375rem] text-balance text-ink-soft">
          JPEG, PNG, WebP, HEIC and more. {privacy}
        </p>
        {children}
      </div>
    </section>
  );
}
