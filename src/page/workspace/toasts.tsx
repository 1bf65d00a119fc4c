import clsx from 'clsx';
import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { dismissAllToasts, dismissToast, type Toast, useToasts } from '#page/platform/notices.ts';
import { Button } from '#page/ui/button.tsx';

/** More than these would cover the work, or push the ways in away: they become a list of their own that scrolls. */
const MOST_APART = { overWork: 3, aboveWaysIn: 1 } as const;

/**
 * What went wrong on the way in: each stays until it is dismissed, over the work and never instead of it. Without any
 * work it has room of its own above the ways in, so that none of them is ever covered.
 */
export function Toasts({ isOverWork }: { readonly isOverWork: boolean }) {
  const toasts = useToasts();
  return (
    <div
      className={clsx(
        'flex flex-col items-center gap-2 px-4',
        isOverWork
          ? 'pointer-events-none fixed inset-x-0 top-16 z-40'
          : '-mb-3 max-h-[45dvh] shrink-0 overflow-y-auto pb-3 *:mt-3 empty:hidden',
      )}
    >
      {toasts.length > (isOverWork ? MOST_APART.overWork : MOST_APART.aboveWaysIn) ? (
        <ToastList toasts={toasts} isOverWork={isOverWork} />
      ) : (
        toasts.map((notice) => (
          <div
            key={notice.id}
            role={notice.tone === undefined ? 'alert' : 'status'}
            className={clsx(
              'pointer-events-auto rounded-lg border border-line bg-panel shadow-float',
              // A line that says itself whole takes no more room than it needs.
              notice.text === '' ? 'max-w-full py-2 pr-2 pl-4' : 'w-full max-w-lg p-4',
            )}
          >
            <ToastText notice={notice} />
          </div>
        ))
      )}
    </div>
  );
}

type ToastListProps = { readonly toasts: readonly Toast[]; readonly isOverWork: boolean };

function ToastList({ toasts, isOverWork }: ToastListProps) {
  return (
    <section
      aria-label="Messages"
      className={clsx(
        'pointer-events-auto flex w-full max-w-lg flex-col rounded-lg border border-line bg-panel shadow-float',
        isOverWork ? 'max-h-[45vh]' : 'max-h-[30dvh] min-h-32',
      )}
    >
      <div className="flex items-center gap-3 border-b border-line py-2 pr-2 pl-4">
        <p role="alert" className="min-w-0 flex-1 font-semibold tabular-nums">
          {`${toasts.length} messages`}
          <span className="sr-only">{`: ${toasts.map(({ title }) => title).join('. ')}`}</span>
          <span aria-hidden className="font-normal text-ink-soft">
            {' '}
            · scroll to read all
          </span>
        </p>
        <Button look="quiet" onClick={dismissAllToasts}>
          Dismiss all
        </Button>
      </div>
      <ul className="min-h-0 divide-y divide-line overflow-y-auto overscroll-contain pb-4 [mask-image:linear-gradient(to_bottom,black_calc(100%-1.5rem),transparent)]">
        {toasts.map((notice) => (
          <li key={notice.id} className="p-4">
            <ToastText notice={notice} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToneIcon({ tone }: { readonly tone: Toast['tone'] }) {
  const look = 'mt-0.5 size-4 shrink-0';
  if (tone === 'done') return <CircleCheck aria-hidden className={clsx(look, 'text-good')} />;
  if (tone === 'note') return <Info aria-hidden className={clsx(look, 'text-ink-faint')} />;
  return <TriangleAlert aria-hidden className={clsx(look, 'text-bad')} />;
}

function ToastText({ notice }: { readonly notice: Toast }) {
  return (
    <div className="flex items-start gap-3">
      <ToneIcon tone={notice.tone} />
      <div className="min-w-0 flex-1">
        <p className={clsx('break-words', notice.tone === 'note' ? 'text-ink-soft' : 'font-semibold')}>
          {notice.title}
        </p>
        {notice.text !== '' && <p className="mt-0.5 text-ink-soft break-words">{notice.text}</p>}
        {notice.action !== undefined && (
          <button
            type="button"
            className="mt-2 min-h-8 rounded bg-accent-soft px-3 font-medium text-accent pointer-coarse:min-h-11"
            onClick={() => {
              dismissToast(notice.id);
              notice.action?.run();
            }}
          >
            {notice.action.label}
          </button>
        )}
      </div>
      <button
        type="button"
        aria-label={`Dismiss: ${notice.title}`}
        className="-m-1 grid size-8 shrink-0 place-items-center rounded text-ink-faint hover:bg-raised hover:text-ink pointer-coarse:size-11"
        onClick={() => dismissToast(notice.id)}
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
