import { useRef, useState } from 'react';
import { dropSentUploads, type SentUpload } from '#page/detection/sent-uploads.ts';
import { createQuestion } from '#page/place/questions.ts';
import { callApi } from '#page/session/api-client.ts';
import { bearerFor } from '#page/session/session-store.ts';
import type { Failure } from '#shared/failure.ts';
import { assertNever } from '#shared/result.ts';
import { type TakeBackOutcome, takeBack } from './take-back.ts';

/** One go at taking uploads back. */
export type TakeBackRun = {
  readonly total: number;
  /** What became of each so far, by address. */
  readonly outcomes: Readonly<Record<string, TakeBackOutcome>>;
  /** `stopping`: cancelled, while Kling still answers about what is being removed. */
  readonly state: 'running' | 'stopping' | 'over';
  /** Why it ended before all were looked for. */
  readonly failure: Failure | undefined;
};

/** The list of what this browser sent to Kling, and what a person was about to do, and comes back to. */
export const takeBackQuestion = createQuestion<{ readonly before: 'forget' | undefined }>();

export const openTakeBack = (before?: 'forget'): void => void takeBackQuestion.askInstead({ before });

/** Takes uploads back, one go at a time, and tells how far that is. */
export function useTakeBackRun() {
  const [run, setRun] = useState<TakeBackRun>();
  const cancelling = useRef<AbortController>(undefined);
  const change = (edit: (run: TakeBackRun) => TakeBackRun): void => setRun((now) => now && edit(now));
  return {
    run,
    /** Removes these uploads at Kling, with the token that there is. What Kling confirms leaves the list at once. */
    start: async (uploads: readonly SentUpload[]): Promise<void> => {
      const controller = new AbortController();
      cancelling.current = controller;
      setRun({ total: uploads.length, outcomes: {}, state: 'running', failure: undefined });
      let failure: Failure | undefined;
      try {
        failure = await takeBack({
          uploads,
          call: (request) => callApi({ ...request, token: bearerFor('kling') }),
          signal: controller.signal,
          onOutcome: async ({ address }, outcome) => {
            change((run) => ({ ...run, outcomes: { ...run.outcomes, [address]: outcome } }));
            // A browser that has stopped storing goes on listing it; the next go does not find it.
            if (outcome === 'removed') await dropSentUploads([address]).catch(() => {});
          },
        });
      } finally {
        change((run) => ({ ...run, state: 'over', failure }));
      }
    },
    /** Begins nothing more; what is being removed is waited for. */
    cancel: (): void => {
      change((run) => (run.state === 'running' ? { ...run, state: 'stopping' } : run));
      cancelling.current?.abort();
    },
    /** Forgets what became of the last go. */
    clear: (): void => setRun(undefined),
  };
}

/** How many came to each end. */
export function countOutcomes({ outcomes }: TakeBackRun): Readonly<Record<TakeBackOutcome, number>> {
  const counts = { removed: 0, 'not-found': 0, 'not-confirmed': 0, 'no-access': 0 };
  for (const outcome of Object.values(outcomes)) counts[outcome] += 1;
  return counts;
}

/** What an outcome means, beside the picture. Nothing of those that are gone, which are no longer listed. */
export function outcomeLabel(outcome: TakeBackOutcome): string {
  switch (outcome) {
    case 'removed':
      return 'Removed';
    case 'not-found':
      return 'Not found at Kling';
    case 'not-confirmed':
      return 'Not confirmed: still there';
    case 'no-access':
      return 'Its account did not answer';
    default:
      return assertNever(outcome);
  }
}
