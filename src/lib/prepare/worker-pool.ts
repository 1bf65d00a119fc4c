import { err } from '#domain/result.ts';
import type { PrepareOptions, PrepareOutcome, PrepareProgress, PrepareReply, PrepareRequest } from './protocol.ts';

export type PrepareJob = {
  readonly file: Blob;
  readonly options: PrepareOptions;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: PrepareProgress) => void) | undefined;
};

/** How long an idle worker is kept, in milliseconds: it holds on to the memory of what it decoded last. */
const IDLE_MS = 10_000;

/**
 * Runs jobs in workers, at most `slots` at a time, first come first served. Decoding cannot be interrupted, so
 * cancelling a running job ends its worker; a worker that dies costs its own job only.
 */
export function createWorkerPool(createWorker: () => Worker, slots: number) {
  const waiting: (() => void)[] = [];
  const idle: Worker[] = [];
  let running = 0;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;

  function startNext(): void {
    clearTimeout(idleTimer);
    while (running < slots) {
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

  function run(job: PrepareJob): Promise<PrepareOutcome> {
    return new Promise((resolve) => {
      const cancelled: PrepareOutcome = err({ code: 'cancelled' });
      if (job.signal?.aborted === true) return resolve(cancelled);

      const cancelWaiting = () => {
        waiting.splice(waiting.indexOf(start), 1);
        resolve(cancelled);
      };
      const start = () => {
        job.signal?.removeEventListener('abort', cancelWaiting);
        const worker = idle.pop() ?? createWorker();
        const listening = new AbortController();
        const end = (outcome: PrepareOutcome, reusable: boolean) => {
          listening.abort();
          if (reusable) idle.push(worker);
          else worker.terminate();
          running -= 1;
          resolve(outcome);
          startNext();
        };
        const until = { signal: listening.signal };
        job.signal?.addEventListener('abort', () => end(cancelled, false), until);
        worker.addEventListener('error', () => end(err({ code: 'preparation-failed' }), false), until);
        worker.addEventListener(
          'message',
          ({ data }: MessageEvent<PrepareReply>) => {
            if (data.kind === 'progress') job.onProgress?.(data.progress);
            else end(data.outcome, true);
          },
          until,
        );
        const request: PrepareRequest = { file: job.file, options: job.options };
        worker.postMessage(request);
      };

      job.signal?.addEventListener('abort', cancelWaiting, { once: true });
      waiting.push(start);
      job.onProgress?.({ stage: 'waiting', done: 0 });
      startNext();
    });
  }

  return { run };
}
