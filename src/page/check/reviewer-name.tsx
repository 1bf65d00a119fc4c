import clsx from 'clsx';
import { nameReviewer, useChecks } from './check-store.ts';

/** Who checks: typed once, and remembered with everything that is said here. */
export function ReviewerName({ className }: { readonly className?: string }) {
  const { id, reviewer } = useChecks(({ own }) => own);
  const isKnown = useChecks(({ status }) => status !== 'loading');
  return (
    <label className={clsx('flex items-center gap-2', className)}>
      <span className="shrink-0">Checked by</span>
      <input
        // What another tab calls the same person stands here too.
        key={`${id} ${reviewer}`}
        type="text"
        name="reviewer"
        autoComplete="name"
        maxLength={200}
        placeholder="you"
        defaultValue={reviewer}
        disabled={!isKnown}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
        onBlur={(event) => {
          const name = event.target.value.trim();
          if (name !== reviewer) nameReviewer(name);
        }}
        className="min-h-7 w-full min-w-24 rounded border border-line-strong bg-panel px-2 text-ink placeholder:text-ink-faint pointer-coarse:min-h-11"
      />
    </label>
  );
}
