import { err } from '#shared/result.ts';
import type { PrepareProgress, WorkOutcome, WorkReply } from './protocol.ts';

export type WorkJob<Request> = {
  /** What the worker gets. */
  readonly request: Request;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PrepareProgress) => void) | undefined;
};

/** How long an idle worker is kept, in milliseconds: it holds on to the memory of what it decoded last. */
const IDLE_MS = 10_000;

/**
 * Runs jobs in workers, at most `slots` at a time, first come first served. Decoding cannot be interrupted, so
 * cancelling a running job ends its worker; a worker that dies costs its own job only. While it is held, no job begins.
 */
export function createWorkerPool<Request, Value>(createWorker: () => Worker, slots: number) {
  type Outcome = WorkOutcome<Value>;
  const waiting: (() => void)[] = [];
  const idle: Worker[] = [];
  let running = 0;
  let held = false;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;

  function startNext(): void {
    clearTimeout(idleTimer);
    while (running < slots && !held) {
      const start = waiting.shift();
      if (start === undefined) break;
      running += 1;
      start();
    }
    if (running === 0) idleTimer = setTimeout(endIdle, IDLE_MS);
  }

  function endIdle(): void {
    for (const worker of idle.splice(0)) worker.terminate();
  }

  function run({ request, signal, onProgress }: WorkJob<Request>): Promise<Outcome> {
    return new Promise((resolve) => {
      const cancelled: Outcome = err({ code: 'cancelled' });
      if (signal?.aborted === true) return resolve(cancelled);

      const cancelWaiting = () => {
        waiting.splice(waiting.indexOf(start), 1);
        resolve(cancelled);
      };
      const start = () => {
        signal?.removeEventListener('abort', cancelWaiting);
        const worker = idle.pop() ?? createWorker();
        const listening = new AbortController();
        const end = (outcome: Outcome, reusable: boolean) => {
          listening.abort();
          if (reusable) idle.push(worker);
          else worker.terminate();
          running -= 1;
          resolve(outcome);
          startNext();
        };
        const until = { signal: listening.signal };
        signal?.addEventListener('abort', () => end(cancelled, false), until);
        // A mistake or a lack of memory comes with a message; a file that could not be fetched is a bare event.
        const failed = (event: Event) =>
          end(err({ code: 'message' in event ? 'preparation-failed' : 'code-missing' }), false);
        worker.addEventListener('error', failed, until);
        worker.addEventListener(
          'message',
          ({ data }: MessageEvent<WorkReply<Value>>) => {
            if (data.kind === 'progress') onProgress?.(data.progress);
            else end(data.outcome, true);
          },
          until,
        );
        worker.postMessage(request);
      };

      signal?.addEventListener('abort', cancelWaiting, { once: true });
      waiting.push(start);
      onProgress?.({ stage: 'waiting', done: 0 });
      startNext();
    });
  }

  /** Holds back what has not begun, or lets it go on. What runs is finished. */
  function hold(back: boolean): void {
    held = back;
    startNext();
  }

  return { run, hold };
}
