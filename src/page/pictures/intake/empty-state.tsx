import type { ReactNode } from 'react';
import { Button } from '#page/ui/button.tsx';
import { EmptyFrame } from './empty-frame.tsx';
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
    <EmptyFrame privacy={privacy}>
      <div className="mt-7 flex w-full max-w-[33rem] items-start gap-2.5 max-sm:flex-col">
        <Button look="primary" className="h-[2.875rem] rounded-lg px-5 text-sm max-sm:w-full" onClick={browse}>
          Browse
        </Button>
        <LinkField className="w-full min-w-0 flex-1" />
      </div>
      <PasteHint className="mt-6" />
      <p className="mt-9 text-[0.8125rem] text-balance text-ink-soft">
        No picture at hand? Try one of these, drawn for this page.
      </p>
      <SampleCards className="mt-3 w-full max-w-[34rem] min-[110rem]:max-w-[46rem]" />
      {recent}
    </EmptyFrame>
  );
}
