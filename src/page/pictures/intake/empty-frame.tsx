import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Logo } from '#page/ui/logo.tsx';

type EmptyFrameProps = {
  /** Where pictures go, in a sentence that is true here; undefined while that is not known. */
  readonly privacy: string | undefined;
  readonly children: ReactNode;
};

/** Keeps the room of the sentence that comes, so that nothing moves when it does. */
const ABOUT_AS_LONG = 'Nothing leaves this machine with the embedded detector.';

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
        <p
          className={clsx(
            'mt-3 max-w-2xl text-[0.9375rem] text-balance text-ink-soft',
            privacy === undefined && 'invisible',
          )}
        >
          {`JPEG, PNG, WebP, HEIC and more. ${privacy ?? ABOUT_AS_LONG}`}
        </p>
        {children}
      </div>
    </section>
  );
}
