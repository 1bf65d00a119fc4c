import { useEffect, useState } from 'react';
import { LONGEST_WAIT_MS, waitsUntil } from '#page/platform/query-client.ts';
import type { Failure } from '#shared/failure.ts';
import { messageFor } from '#shared/failure-message.ts';
import { formatWait } from '#shared/format-measures.ts';

/** Why the next try is waited for, and for how much longer. `upload` says which try of an upload comes next. */
export function RetryWait({ failure, upload }: { readonly failure: Failure; readonly upload: string | undefined }) {
  const left = useSecondsUntil(waitsUntil(failure) ?? 0);
  const { title } = messageFor(failure);
  const asked = failure.retryAfterMs ?? 0;
  return (
    <>
      <p className="tabular-nums">
        {upload ?? `${title}. ${left > 0 ? `Trying again in ${left} s` : 'Trying again…'}`}
      </p>
      {upload !== undefined && (
        <p className="text-ink-soft tabular-nums">{left > 0 ? `${title}. ${left} s left.` : `${title}.`}</p>
      )}
      {asked > LONGEST_WAIT_MS && (
        <p className="text-ink-soft">
          {`It asked to wait ${formatWait(asked)}. The page waits ${formatWait(LONGEST_WAIT_MS)} at most.`}
        </p>
      )}
    </>
  );
}

/** Whole seconds until a time (in milliseconds since 1970), 0 once it is over. */
function useSecondsUntil(until: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((until - now) / 1000));
}
