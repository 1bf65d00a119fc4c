import { TriangleAlert, X } from 'lucide-react';
import { dismissNotice, useWork } from '#lib/work-store.ts';

/**
 * What went wrong on the way in: each stays until it is dismissed, over the work and never instead of it.
 */
export function Notices() {
  const notices = useWork((state) => state.notices);
  return (
    <div className="pointer-events-none fixed inset-x-0 top-16 z-40 flex flex-col items-center gap-2 px-4">
      {notices.map((notice) => (
        <div
          key={notice.id}
          role="alert"
          className="pointer-events-auto flex w-full max-w-lg items-start gap-3 rounded-lg border border-line bg-panel p-4 shadow-float"
        >
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          <div className="min-w-0 flex-1">
            <p className="font-semibold break-words">{notice.title}</p>
            <p className="mt-0.5 text-ink-soft break-words">{notice.text}</p>
            {notice.action !== undefined && (
              <button
                type="button"
                className="mt-2 min-h-8 rounded bg-accent-soft px-3 font-medium text-accent pointer-coarse:min-h-11"
                onClick={() => {
                  dismissNotice(notice.id);
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
            onClick={() => dismissNotice(notice.id)}
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
      ))}
    </div>
  );
}
