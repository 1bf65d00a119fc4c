import clsx from 'clsx';
import { Check, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useRunning, useSaid } from '#page/platform/notices.ts';
import { Button } from '#page/ui/button.tsx';
import { ProgressBar } from '#page/ui/progress-bar.tsx';

/** How long "Saved …" stays, in milliseconds. */
const SAID_MS = 5_000;

/** How far an export is, with its cancel, and for a moment what was saved or copied: floating over everything else. */
export function ExportProgress() {
  const running = useRunning();
  const said = useSaid();
  const [over, setOver] = useState(said);
  useEffect(() => {
    const timer = setTimeout(() => setOver(said), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const shown = said === over ? '' : said.text;

  return (
    <div
      className={clsx(
        'above-controls pointer-events-none fixed z-40 flex justify-center px-4',
        (running !== undefined || shown !== '') && 'in-passing',
      )}
    >
      {/* Always there, so that a screen reader hears what changes in it. */}
      <div role="status" className={running === undefined && shown === '' ? 'sr-only' : CARD}>
        {running !== undefined ? (
          <>
            <LoaderCircle aria-hidden className="size-4 shrink-0 text-accent motion-safe:animate-spin" />
            <div className="min-w-0 flex-1">
              <p className="truncate tabular-nums">{running.text}</p>
              {running.total > 1 && <ProgressBar label="Export" value={running.done} max={running.total} />}
            </div>
            <Button look="quiet" onClick={running.cancel}>
              Cancel
            </Button>
          </>
        ) : (
          shown !== '' && (
            <>
              <Check aria-hidden className="size-4 shrink-0 text-good" />
              <p className="min-w-0 flex-1 truncate">{shown}</p>
            </>
          )
        )}
      </div>
    </div>
  );
}

const CARD =
  'pointer-events-auto flex min-h-12 w-full max-w-sm items-center gap-3 rounded-lg border border-line bg-panel py-2 pr-2 pl-4 shadow-float';
