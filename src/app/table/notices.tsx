import { TriangleAlert, X } from 'lucide-react';
import { Button } from '#lib/ui/button.tsx';
import { dismissAllNotices, dismissNotice, type Notice, useWork } from '#lib/work-store.ts';

/** More than these would cover the work: they become a list of their own that scrolls. */
const MOST_APART = 3;

/**
 * What went wrong on the way in: each stays until it is dismissed, over the work and never instead of it.
 */
export function Notices() {
  const notices = useWork((state) => state.notices);
  return (
    <div className="pointer-events-none fixed inset-x-0 top-16 z-40 flex flex-col items-center gap-2 px-4">
      {notices.length > MOST_APART ? (
        <NoticeList notices={notices} />
      ) : (
        notices.map((notice) => (
          <div
            key={notice.id}
            role="alert"
            className="pointer-events-auto w-full max-w-lg rounded-lg border border-line bg-panel p-4 shadow-float"
          >
            <NoticeText notice={notice} />
          </div>
        ))
      )}
    </div>
  );
}

function NoticeList({ notices }: { readonly notices: readonly Notice[] }) {
  return (
    <section
      aria-label="Messages"
      className="pointer-events-auto flex max-h-[45vh] w-full max-w-lg flex-col rounded-lg border border-line bg-panel shadow-float"
    >
      <div className="flex items-center gap-3 border-b border-line py-2 pr-2 pl-4">
        <p role="alert" className="flex-1 font-semibold tabular-nums">
          {notices.length} messages
        </p>
        <Button look="quiet" onClick={dismissAllNotices}>
          Dismiss all
        </Button>
      </div>
      <ul className="min-h-0 divide-y divide-line overflow-y-auto overscroll-contain">
        {notices.map((notice) => (
          <li key={notice.id} className="p-4">
            <NoticeText notice={notice} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoticeText({ notice }: { readonly notice: Notice }) {
  return (
    <div className="flex items-start gap-3">
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
  );
}
