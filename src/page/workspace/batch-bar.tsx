import { useQueryClient } from '@tanstack/react-query';
import { CloudUpload, Pause, Play, RotateCw, X } from 'lucide-react';
import { type BatchProgress, unfinishedNow, useBatchProgress } from '#page/detection/batch-progress.ts';
import { cancelDetection, retryDetection, sendTo } from '#page/detection/detection-commands.ts';
import { formatTimeLeft } from '#page/pictures/model/time-left.ts';
import { pauseWork, resumeWork, useWorkQueue } from '#page/pictures/work-queue.ts';
import { workStore } from '#page/pictures/work-store.ts';
import { useIsOnline } from '#page/platform/use-is-online.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { Button } from '#page/ui/button.tsx';

/** From this many pictures on, the work is a batch with progress of its own. */
const BATCH = 3;

/** Many pictures at once: how far, how long still, pause, cancel, and another try for what failed. */
export function BatchBar({ session }: { session: EngineSession }) {
  const client = useQueryClient();
  const progress = useBatchProgress(session);
  const { paused } = useWorkQueue();
  const isOnline = useIsOnline();
  const words = progressMessage(progress, paused, isOnline);
  const retryable = session.canAsk ? progress.failed : [];
  const { notSent } = progress;
  const isBatch =
    (progress.total >= BATCH && progress.remaining + retryable.length > 0) ||
    // Of a single picture the stage says it.
    (progress.total > 1 && notSent.length > 0);
  // What is paused can be resumed, however few are left.
  if (!isBatch && !(paused && progress.remaining > 0)) return null;

  const cancelAll = () => {
    for (const pendingImport of workStore.getState().pendingImports) pendingImport.cancel();
    for (const picture of unfinishedNow(client, session)) void cancelDetection(client, session, picture);
    resumeWork();
  };
  const retryFailed = () => {
    for (const { picture, failure } of retryable) {
      void retryDetection(client, session, picture, failure);
    }
  };
  return (
    <section
      aria-label="All pictures"
      className="flex min-h-11 items-center gap-3 border-t border-line bg-panel px-4 text-xs"
    >
      {(progress.remaining > 0 || retryable.length > 0) && (
        <progress
          aria-label="Pictures done"
          value={progress.done + progress.failed.length}
          max={progress.total - notSent.length}
          className="h-1.5 w-24 shrink-0 appearance-none overflow-hidden rounded-full bg-raised md:w-40 [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
        />
      )}
      <p className="min-w-0 flex-1 truncate tabular-nums text-ink-soft">{words}</p>
      {notSent.length > 0 && (
        <Button onClick={() => sendTo(session, notSent)}>
          <CloudUpload aria-hidden className="size-3.5" />
          Send {notSent.length} to Kling
        </Button>
      )}
      {retryable.length > 0 && (
        <Button look="quiet" onClick={retryFailed}>
          <RotateCw aria-hidden className="size-3.5" />
          Retry {retryable.length}
        </Button>
      )}
      {progress.remaining > 0 && (
        <>
          <Button look="quiet" onClick={paused ? resumeWork : pauseWork}>
            {paused ? <Play aria-hidden className="size-3.5" /> : <Pause aria-hidden className="size-3.5" />}
            <span className="max-md:sr-only">{paused ? 'Resume' : 'Pause'}</span>
          </Button>
          <Button look="quiet" onClick={cancelAll}>
            <X aria-hidden className="size-3.5" />
            <span className="max-md:sr-only">Cancel all</span>
          </Button>
        </>
      )}
    </section>
  );
}

/** "34 of 200 · about 2 min left". */
function progressMessage(progress: BatchProgress, paused: boolean, isOnline: boolean): string {
  return [
    `${progress.done} of ${progress.total} done`,
    ...(progress.notSent.length > 0 ? [`${progress.notSent.length} not sent to Kling`] : []),
    ...(progress.failed.length > 0 ? [`${progress.failed.length} without a result`] : []),
    ...(isOnline && !paused && progress.retrying > 0 ? [`trying ${progress.retrying} again`] : []),
    ...(paused ? ['paused'] : []),
    ...(isOnline || progress.remaining === 0 ? [] : ['this device is offline']),
    ...(progress.leftMs === undefined || paused ? [] : [formatTimeLeft(progress.leftMs)]),
  ].join(' · ');
}
