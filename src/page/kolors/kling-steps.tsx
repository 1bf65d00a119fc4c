import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#page/ui/button.tsx';
import type { Failure } from '#shared/failure.ts';
import { messageFor } from '#shared/failure-message.ts';
import type { AtKling } from './at-kling.ts';

/** What is still to be done at Kling, in words. */
export const Box = ({ children }: { readonly children: ReactNode }) => (
  <div className="rounded-lg border border-line bg-page p-4 text-ink-soft">{children}</div>
);

type WorkingProps = Pick<Extract<AtKling, { state: 'working' }>, 'words' | 'progress'> & {
  readonly onCancel: () => void;
};

/** Something is on its way to Kling. */
export function Working({ words, progress, onCancel }: WorkingProps) {
  return (
    <div role="status" className="flex items-center gap-3 rounded-lg border border-line bg-page py-2 pr-2 pl-4">
      <LoaderCircle aria-hidden className="size-4 shrink-0 text-accent motion-safe:animate-spin" />
      <span className="min-w-0 flex-1">
        {words}
        {progress !== undefined && (
          <progress
            aria-label="Upload to Kling"
            value={progress}
            max={1}
            className="mt-1 block h-1 w-full appearance-none overflow-hidden rounded-full bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
          />
        )}
      </span>
      <Button look="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

/** It failed at Kling: why, and again. */
export function Failed({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const words = messageFor(failure);
  return (
    <div role="alert" className="rounded-lg border border-line bg-bad-soft p-4">
      <p className="font-semibold">{words.title}</p>
      <p className="mt-1 text-ink-soft">
        {words.cause} {words.cure}
      </p>
      {failure.detail !== undefined && failure.detail !== words.cause && (
        <p className="mt-2 font-mono text-xs break-words text-ink-soft">{failure.detail}</p>
      )}
      <Button className="mt-3" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
