import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CloudUpload, Pause, Play, RotateCw, X } from 'lucide-react';
import {
  BATCH,
  type BatchProgress,
  hideBatchEnd,
  unfinishedNow,
  useBatchProgress,
} from '#page/detection/batch-progress.ts';
import { cancelDetections, retryDetections, sendTo } from '#page/detection/detection-commands.ts';
import { pauseWork, resumeWork, useWorkQueue } from '#page/pictures/work-queue.ts';
import { workStore } from '#page/pictures/work-store.ts';
import { useIsOnline } from '#page/platform/use-is-online.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { Button } from '#page/ui/button.tsx';
import { ProgressBar } from '#page/ui/progress-bar.tsx';
import { endMessage, progressMessage, spokenMessage } from './batch-message.ts';

const BAR = 'flex min-h-11 items-center gap-3 border-t border-line bg-panel px-4 text-xs';

/** Many pictures at once: how far, how long still, pause, cancel, and another try for what failed. */
export function BatchBar({ session }: { session: EngineSession }) {
  const progress = useBatchProgress();
  const { paused } = useWorkQueue();
  const retryable = session.canAsk ? progress.failed : [];
  const isBatch =
    (progress.total >= BATCH && progress.remaining + retryable.length > 0) ||
    // Of a single picture the stage says it.
    (progress.total > 1 && progress.notSent.length > 0) ||
    // What is paused can be resumed, however few are left.
    (paused && progress.remaining > 0);
  return (
    <>
      {/* There before it has words: a screen reader says what changes in it. */}
      <p aria-live="polite" className="sr-only">
        {spokenMessage(progress)}
      </p>
      {isBatch ? (
        <RunningBatch session={session} progress={progress} retryable={retryable} />
      ) : (
        progress.isEndShown && progress.total >= BATCH && <EndedBatch message={endMessage(progress)} />
      )}
    </>
  );
}

function EndedBatch({ message }: { message: string }) {
  const client = useQueryClient();
  return (
    <section aria-label="Finished" className={BAR}>
      <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
      <p className="min-w-0 flex-1 tabular-nums text-ink-soft">{message}</p>
      <Button look="quiet" onClick={() => hideBatchEnd(client)}>
        <X aria-hidden className="size-3.5" />
        <span className="sr-only">Hide how it ended</span>
      </Button>
    </section>
  );
}

function RunningBatch({
  session,
  progress,
  retryable,
}: {
  session: EngineSession;
  progress: BatchProgress;
  retryable: BatchProgress['failed'];
}) {
  const client = useQueryClient();
  const { paused } = useWorkQueue();
  const isOnline = useIsOnline();
  const { notSent } = progress;
  const cancelAll = () => {
    for (const { cancel } of workStore.getState().pendingImports.values()) cancel();
    void cancelDetections(client, unfinishedNow(client, session));
    resumeWork();
  };
  const retryFailed = () =>
    void retryDetections(
      client,
      retryable.map(({ picture, failure }) => ({ session, picture, failure })),
    );
  return (
    <section aria-label="All pictures" className={BAR}>
      {progress.remaining > 0 && (
        <ProgressBar
          label="Pictures done"
          value={progress.done + progress.failed.length}
          max={progress.total - notSent.length}
          className="h-1.5 w-24 shrink-0 md:w-40"
        />
      )}
      <p className="min-w-0 flex-1 py-1 text-balance tabular-nums text-ink-soft">
        {progressMessage(progress, { paused, isOnline })}
      </p>
      {notSent.length > 0 && (
        <Button onClick={() => sendTo(session, notSent)}>
          <CloudUpload aria-hidden className="size-3.5" />
          {`Send ${notSent.length} to Kling`}
        </Button>
      )}
      {retryable.length > 0 && (
        <Button look="quiet" onClick={retryFailed}>
          <RotateCw aria-hidden className="size-3.5" />
          {`Retry ${retryable.length}`}
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
