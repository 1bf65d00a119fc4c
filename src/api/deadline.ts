/** Why a signal aborted whose time is over. */
export const TIME_IS_OVER = new Error('The time for this call is over');

/** One clock for a whole call to somewhere else, which also ends when its own caller goes away. */
export type Deadline = {
  /** Aborts when the time is over or the caller is gone. */
  readonly signal: AbortSignal;
  /** True once the time is over, whatever ended the call. */
  isOver(): boolean;
  /** Begins the time anew, unless it is over or the clock was stopped: something moved. */
  readonly restart: () => void;
  /** The call is done, body included: nothing is left to end. */
  readonly stopClock: () => void;
  /** From now on somebody else looks after the caller. */
  forgetCaller(): void;
};

/**
 * Starts the clock. Not `AbortSignal.any` with `AbortSignal.timeout`: their timer cannot be stopped, so every call would
 * be held until its time is over.
 */
export function startDeadline(timeoutMs: number, caller: AbortSignal): Deadline {
  const ends = new AbortController();
  let over = false;
  let isStopped = false;
  const start = () =>
    setTimeout(() => {
      over = true;
      ends.abort(TIME_IS_OVER);
    }, timeoutMs);
  let timer = start();
  const leave = () => ends.abort();
  caller.addEventListener('abort', leave, { once: true });
  if (caller.aborted) leave();
  return {
    signal: ends.signal,
    isOver: () => over,
    restart: () => {
      if (over || isStopped) return;
      clearTimeout(timer);
      timer = start();
    },
    stopClock: () => {
      isStopped = true;
      clearTimeout(timer);
    },
    forgetCaller: () => caller.removeEventListener('abort', leave),
  };
}
