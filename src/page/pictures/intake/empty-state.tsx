import type { ReactNode } from 'react';
import { Button } from '#page/ui/button.tsx';
import { Logo } from '#page/ui/logo.tsx';
import { useIntake } from './intake-context.ts';
import { LinkField } from './link-field.tsx';
import { PasteHint } from './paste-hint.tsx';
import { SampleCards } from './sample-cards.tsx';

type EmptyStateProps = {
  /** Where pictures go, in a sentence that is true here: "Nothing leaves this machine with the embedded detector." */
  readonly privacy: string;
  /** What is remembered from before, if anything. */
  readonly recent?: ReactNode;
};

/** The page before the first picture: the whole window is the target, and every way in is one step away. */
export function EmptyState({ privacy, recent }: EmptyStateProps) {
  const { browse } = useIntake();
  return (
    <section aria-labelledby="empty-state-title" className="h-full overflow-y-auto p-3 sm:p-6">
      <div className="flex min-h-full flex-col items-center justify-center rounded-xl border border-dashed border-line-strong px-4 py-10 text-center">
        <Logo className="size-17" />
        <h2 id="empty-state-title" className="mt-9 text-3xl font-semibold tracking-tight text-balance">
          <span className="pointer-coarse:hidden">Drop pictures to find their faces</span>
          <span className="hidden pointer-coarse:inline">Choose pictures to find their faces</span>
        </h2>
        <p className="mt-3 max-w-2xl text-[0.9375rem] text-balance text-ink-soft">
          {`JPEG, PNG, WebP, HEIC and more. ${privacy}`}
        </p>
        <div className="mt-7 flex w-full max-w-[33rem] items-start gap-2.5 max-sm:flex-col">
          <Button look="primary" className="h-[2.875rem] rounded-lg px-5 text-sm max-sm:w-full" onClick={browse}>
            Browse
          </Button>
          <LinkField className="w-full min-w-0 flex-1" />
        </div>
        <PasteHint className="mt-6" />
        <p className="mt-9 text-[0.8125rem] text-ink-soft">
          No picture at hand? Try one of these, drawn for this page.
        </p>
        <SampleCards className="mt-3 w-full max-w-[34rem] min-[110rem]:max-w-[46rem]" />
        {recent}
      </div>
    </section>
  );
}
