import PQueue from 'p-queue';
import { useShallow } from 'zustand/react/shallow';
import { useWork, type WorkState, workStore } from './work-store.ts';

/**
 * What goes out to the server waits here: a few calls at once, the open picture first, and everything on hold while a
 * person pauses or the service asks to wait.
 */

/** Enough to hide latency and keep the detector busy, few enough to leave the connection usable. */
const CALLS_AT_ONCE = 3;

/**
 * Longest that one answer holds everything back, in milliseconds. Whoever asks to wait an hour is asked again by the next
 * picture; meanwhile the person may have gone to the other engine, which nobody asked to wait for.
 */
const LONGEST_HOLD_MS = 60_000;

/** What waits for the open picture goes before everything else. */
const OPEN_PICTURE_PRIORITY = 1;

const queue = new PQueue({ concurrency: CALLS_AT_ONCE });

type QueueState = Pick<WorkState, 'paused' | 'heldUntil'>;

let holdTimer: ReturnType<typeof setTimeout> | undefined;

function applyState(): void {
  const { paused, heldUntil } = workStore.getState();
  if (paused || heldUntil !== undefined) queue.pause();
  else queue.start();
}

/** Runs a call when its turn comes. `id` is the picture it is for. Rejects with the signal's reason when aborted. */
export function whenItsTurn<T>(id: string, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  return queue.add(call, { id, signal, priority: id === openId ? OPEN_PICTURE_PRIORITY : 0 });
}

let openId: string | undefined;

/** Lets what waits for this picture go first. */
export function preferPicture(id: string | undefined): void {
  const previous = openId;
  openId = id;
  if (previous !== undefined) setPriority(previous, 0);
  if (id !== undefined) setPriority(id, OPEN_PICTURE_PRIORITY);
}

function setPriority(id: string, priority: number): void {
  try {
    queue.setPriority(id, priority);
  } catch {
    // Nothing of this picture is waiting.
  }
}

/** Stops starting calls; those under way end. */
export function pauseWork(): void {
  workStore.setState({ paused: true });
  applyState();
}

export function resumeWork(): void {
  workStore.setState({ paused: false });
  applyState();
}

/**
 * Holds everything back for as long as the service asked, in milliseconds, but no longer than a minute. A longer wait
 * that is set stays.
 */
export function holdWork(askedMs: number): void {
  const ms = Math.min(askedMs, LONGEST_HOLD_MS);
  const until = Date.now() + ms;
  if (until <= (workStore.getState().heldUntil ?? 0)) return;
  clearTimeout(holdTimer);
  workStore.setState({ heldUntil: until });
  applyState();
  holdTimer = setTimeout(endHold, ms);
}

/** Ends the wait that the service asked for: a person wants to try now. A pause of theirs stays. */
export function endHold(): void {
  clearTimeout(holdTimer);
  workStore.setState({ heldUntil: undefined });
  applyState();
}

export const useWorkQueue = (): QueueState =>
  useWork(useShallow(({ paused, heldUntil }): QueueState => ({ paused, heldUntil })));
