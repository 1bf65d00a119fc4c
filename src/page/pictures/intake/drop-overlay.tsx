import clsx from 'clsx';
import { ImageDown, ImageOff } from 'lucide-react';
import { dropMessage } from './drag-content.ts';
import { useIntake } from './intake-context.ts';

/**
 * Lights up over the whole window while something is dragged over it, and says what dropping it will do: above all that
 * it is sent to Kling, when it is.
 */
export function DropOverlay({ goesToKling }: { readonly goesToKling: boolean }) {
  const { dragged } = useIntake();
  if (dragged === undefined) return null;
  const { title, detail, welcome } = dropMessage(dragged, goesToKling);
  const Icon = welcome ? ImageDown : ImageOff;
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-0 z-60 grid place-items-center bg-page/85 p-6 backdrop-blur-sm"
    >
      <div
        aria-hidden
        className={clsx(
          'absolute inset-4 rounded-xl border-2 border-dashed',
          welcome ? 'border-accent bg-accent-soft/50' : 'border-warn bg-warn-soft/60',
        )}
      />
      <div className="relative flex max-w-md flex-col items-center gap-3 text-center">
        <Icon aria-hidden className={clsx('size-12', welcome ? 'text-accent' : 'text-warn')} strokeWidth={1.5} />
        <p className="text-2xl font-semibold tracking-tight text-ink">{title}</p>
        <p className="text-sm text-balance text-ink-soft">{detail}</p>
      </div>
    </div>
  );
}
