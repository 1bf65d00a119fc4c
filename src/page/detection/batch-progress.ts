import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type ProgressSample, timeLeft } from '#page/pictures/model/time-left.ts';
import { type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { currentSession, type EngineSession } from '#page/session/engine-session.ts';
import { onCredentials } from '#page/session/session-store.ts';
import type { Failure } from '#shared/failure.ts';
import type { PictureDetection } from './picture-detection.ts';
import type { Wish } from './run-detections.ts';
import { sessionFor } from './saved-result.ts';
import { uploads } from './upload-store.ts';
import { readPictureDetection } from './use-picture-detection.ts';

/** Where all pictures of the work stand together. */
export type BatchProgress = {
  readonly total: number;
  readonly done: number;
  /** In those that are done. */
  readonly faces: number;
  /** Pictures that are done and have none. */
  readonly withoutFaces: number;
  /** Waiting, uploading or detecting, and those that are still being prepared. */
  readonly remaining: number;
  /** How many of them failed in a way that passes by itself, and are tried again. */
  readonly retrying: number;
  /** Those that nobody allowed to send to the engine. */
  readonly notSent: readonly Picture[];
  /** Those without a result; without a failure where a person cancelled. */
  readonly failed: readonly { readonly picture: Picture; readonly failure: Failure | undefined }[];
  /** That it was a batch of which the last one has just ended; until something begins anew. */
  readonly hasEnded: boolean;
  /** That it has ended, and nobody has hidden the words about it. */
  readonly isEndShown: boolean;
  /** Until the rest is done, in milliseconds, from the pace since it began or was resumed; unknown at first. */
  readonly leftMs: number | undefined;
};

/** From this many pictures on, the work is a batch with progress of its own. */
export const BATCH = 3;

/** How often the numbers are counted again while things happen, in milliseconds: what an eye can follow. */
const COUNT_EVERY_MS = 250;

/** How the work stands as a batch, beside what is on screen: another layout, or check mode, begins nothing anew. */
type Batch = {
  readonly now: () => BatchProgress;
  readonly subscribe: (listener: () => void) => () => void;
  /** The words about how it ended were read. */
  readonly hideEnd: () => void;
};

/** One for each client, from its first look on. */
const batches = new WeakMap<QueryClient, Batch>();

function batchOf(client: QueryClient): Batch {
  const batch = batches.get(client) ?? followBatch(client);
  batches.set(client, batch);
  return batch;
}

/** Follows the whole work with the chosen engine. */
export function useBatchProgress(): BatchProgress {
  const { now, subscribe } = batchOf(useQueryClient());
  return useSyncExternalStore(subscribe, now);
}

/** Takes back what is said of how the batch ended, until another one ends. */
export const hideBatchEnd = (client: QueryClient): void => batchOf(client).hideEnd();

/** Counting is by timer, so that hundreds of pictures cost one count, not each, however many components look at it. */
function followBatch(client: QueryClient): Batch {
  const listeners = new Set<() => void>();
  let progress: BatchProgress = { ...count(client), hasEnded: false, isEndShown: false, leftMs: undefined };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let begun: ProgressSample | undefined;
  /** A batch that is at work, or has ended and was not followed by anything. */
  let isBatch = false;
  let isEndRead = false;

  const tell = (next: BatchProgress) => {
    progress = next;
    for (const listener of listeners) listener();
  };
  const countNow = () => {
    clearTimeout(timer);
    timer = undefined;
    const counted = count(client);
    const now = { atMs: performance.now(), done: counted.done };
    if (counted.remaining === 0 || workStore.getState().paused) begun = undefined;
    else begun ??= now;
    if (counted.remaining > 0) {
      isBatch = counted.total >= BATCH;
      isEndRead = false;
    }
    const hasEnded = isBatch && counted.remaining === 0;
    tell({
      ...counted,
      hasEnded,
      isEndShown: hasEnded && !isEndRead,
      leftMs: begun && timeLeft(begun, now, counted.remaining),
    });
  };
  const countSoon = () => {
    timer ??= setTimeout(countNow, COUNT_EVERY_MS);
  };
  // What waits for the first answer (checking, presenting, exporting all) is there with it.
  const countFirst = () => (progress.done > 0 ? countSoon() : countNow());
  workStore.subscribe((now, before) => (now.openId === before.openId ? countSoon() : countFirst()));
  uploads.subscribeAll(countSoon);
  // Whoever is asked now has a batch, and a pace, of its own.
  onCredentials(() => {
    begun = undefined;
    isBatch = false;
    countNow();
  });
  // A component that looks at an answer is news here as well, and would have this count for ever.
  client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') countFirst();
    else if (event.type === 'added' || event.type === 'updated' || event.type === 'removed') countSoon();
  });
  countSoon();
  return {
    now: () => progress,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hideEnd: () => {
      isEndRead = true;
      tell({ ...progress, isEndShown: false });
    },
  };
}

function count(client: QueryClient): Omit<BatchProgress, 'leftMs' | 'hasEnded' | 'isEndShown'> {
  const state = workStore.getState();
  const session = currentSession();
  const pictures = picturesOf(state);
  const arriving = state.pendingImports.size;
  const states = pictures.map((picture) => ({
    picture,
    detection: readPictureDetection(client, sessionFor(session, picture), picture),
  }));
  const counts = states.flatMap(({ detection }) =>
    detection.state === 'done' ? [detection.result.detection.faces.length] : [],
  );
  const unfinished = states.filter(({ detection }) => isUnfinished(detection));
  return {
    total: pictures.length + arriving,
    done: counts.length,
    faces: counts.reduce((sum, faces) => sum + faces, 0),
    withoutFaces: counts.filter((faces) => faces === 0).length,
    remaining: unfinished.length + arriving,
    retrying: unfinished.filter(({ detection }) => isTriedAgain(detection)).length,
    notSent: states.filter(({ detection }) => detection.state === 'not-sent').map(({ picture }) => picture),
    failed: states
      .filter(({ detection }) => detection.state === 'failed' || detection.state === 'cancelled')
      .map(({ picture, detection }) => ({
        picture,
        failure: detection.state === 'failed' ? detection.failure : undefined,
      })),
  };
}

/** Whether something is still to be done for it. */
const isUnfinished = ({ state }: PictureDetection): boolean =>
  state === 'waiting' || state === 'uploading' || state === 'detecting';

/** Pictures that are not finished now: what is followed may be a quarter of a second old, and some joined since. */
export const unfinishedNow = (client: QueryClient, session: EngineSession): readonly Wish[] =>
  picturesOf(workStore.getState())
    .map((picture) => ({ session: sessionFor(session, picture), picture }))
    .filter(({ session: asked, picture }) => isUnfinished(readPictureDetection(client, asked, picture)));

const isTriedAgain = (detection: PictureDetection): boolean =>
  (detection.state === 'waiting' && detection.failedTries > 0) ||
  (detection.state === 'detecting' && detection.retryingAfter !== undefined);
