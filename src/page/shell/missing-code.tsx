import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';
import { CODE_CURES, type CodeFailure } from '#page/platform/fetched-code.ts';
import { dismissUpdate, retryMissingCode, useIsUpdated, useMissingCode } from '#page/platform/notices.ts';
import { bearerFor } from '#page/session/session-store.ts';
import { Button } from '#page/ui/button.tsx';
import { reopenAccountAfterReload } from './use-account-open.ts';

/** The most final first: after an update nothing but a reload helps. */
const WORST_FIRST: readonly CodeFailure[] = ['updated', 'stuck', 'unreachable', 'offline'];

const BAR = 'flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-panel px-4 py-2.5 text-[0.8125rem]';

/**
 * Says which parts of the page could not be loaded, why, and what helps; else that another version of the server answers
 * by now. Nothing reloads by itself.
 */
export function MissingCode() {
  const missing = useMissingCode();
  useEffect(() => {
    addEventListener('online', retryMissingCode);
    return () => removeEventListener('online', retryMissingCode);
  }, []);
  const isUpdated = useIsUpdated();
  const failure = WORST_FIRST.find((candidate) => missing.some((part) => part.failure === candidate));
  const hasTypedToken = bearerFor('kling') !== undefined;
  const tokenGoes = hasTypedToken && ' After a reload your token has to be entered again.';
  const reload = () => {
    if (hasTypedToken) reopenAccountAfterReload();
    location.reload();
  };
  if (failure === undefined) {
    // Always there, so that what comes into it is read out.
    return (
      <div role="status" className={isUpdated ? BAR : undefined}>
        {isUpdated && (
          <>
            <p className="min-w-0 flex-1 basis-64">
              <span className="font-semibold">Facebound was updated.</span> Your work goes on here. Reload when it suits
              you.
              {tokenGoes}
            </p>
            <span className="flex gap-2">
              <Button onClick={dismissUpdate}>Later</Button>
              <Button onClick={reload}>Reload</Button>
            </span>
          </>
        )}
      </div>
    );
  }
  const helpsReload = failure === 'updated' || failure === 'stuck';
  const [only] = missing;
  return (
    <div role="alert" className={BAR}>
      <CloudOff aria-hidden className="size-4 shrink-0 text-bad" />
      <p className="min-w-0 flex-1 basis-64">
        <span className="font-semibold">
          {missing.length === 1 ? only?.name : `${missing.length} parts of the page`} could not be loaded.
        </span>{' '}
        {CODE_CURES[failure]}
        {helpsReload && tokenGoes}
      </p>
      {failure !== 'updated' && <Button onClick={retryMissingCode}>Try again</Button>}
      {helpsReload && (
        <Button look={failure === 'updated' ? 'primary' : 'outline'} onClick={reload}>
          Reload
        </Button>
      )}
    </div>
  );
}
