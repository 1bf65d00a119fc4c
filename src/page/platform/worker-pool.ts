import { err, type Result } from '#shared/result.ts';

/** What a worker says of its job: how far it is, any number of times, then what came of it. */
export type WorkReply<Value, Failure, Progress> =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'outcome'; readonly outcome: Result<Value, Failure> };

export type WorkJob<Request, Progress> = {
  /** What the worker gets. */
  readonly request: Request;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** It needs so much memory that it runs alone. */
  readonly isHeavy?: boolean | undefined;
};

export type WorkerPoolOptions<Failure> = {
  readonly create: () => Worker;
  /** How many jobs run at once. */
  readonly slots: number;
  /** How the pool's own failures are told. */
  readonly failures: {
    readonly cancelled: Failure;
    /** The worker ended by a mistake, for want of memory, or because it took longer than `LIMIT_MS`. */
    readonly died: Failure;
    /** The worker's own file could not be fetched. */
    readonly missing: Failure;
  };
};

export type WorkerPool<Request, Value, Failure, Progress> = {
  run(job: WorkJob<Request, Progress>): Promise<Result<Value, Failure>>;
  /** Holds back what has not begun, or lets it go on. What runs is finished. */
  hold(back: boolean): void;
};

/** How long an idle worker is kept, in milliseconds: it holds on to the memory of what it decoded last. */
const IDLE_MS = 10_000;

/** No picture takes this long, in milliseconds, on the slowest phone: a decoder that goes round in a circle does. */
const LIMIT_MS = 300_000;

/**
 * Runs jobs in workers, at most `slots` at a time, first come first served. Decoding cannot be interrupted, so
 * cancelling a running job ends its worker; a worker that dies costs its own job only. A heavy job runs alone. While it
 * is held, no job begins.
 * Each use has a pool of its own, so that nothing waits behind another kind of work. Never rejects.
 */
export function createWorkerPool<Request, Value, Failure, Progress = never>({
  create,
  slots,
  failures,
}: WorkerPoolOptions<Failure>): WorkerPool<Request, Value, Failure, Progress> {
  type Outcome = Result<Value, Failure>;
  const waiting: { readonly start: () => void; readonly taken: number }[] = [];
  const idle: Worker[] = [];
  /** Slots that are taken. */
  let running = 0;
  let held = false;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;

  function startNext(): void {
    clearTimeout(idleTimer);
    while (!held) {
      const next = waiting[0];
      // Who waits for all slots is not overtaken by those who need one.
      if (next === undefined || running + next.taken > slots) break;
      waiting.shift();
      running += next.taken;
      next.start();
    }
    if (running === 0) idleTimer = setTimeout(endIdle, IDLE_MS);
  }

  function endIdle(): void {
    for (const worker of idle.splice(0)) worker.terminate();
  }

  return {
    run: ({ request, signal, onProgress, isHeavy }) =>
      new Promise((resolve) => {
        const cancelled: Outcome = err(failures.cancelled);
        const taken = isHeavy === true ? slots : 1;
        if (signal?.aborted === true) return resolve(cancelled);

        const cancelWaiting = () => {
          waiting.splice(waiting.indexOf(job), 1);
          resolve(cancelled);
          startNext();
        };
        const start = () => {
          signal?.removeEventListener('abort', cancelWaiting);
          const worker = idle.pop() ?? create();
          const listening = new AbortController();
          const end = (outcome: Outcome, reusable: boolean) => {
            clearTimeout(limit);
            listening.abort();
            if (reusable) idle.push(worker);
            else worker.terminate();
            running -= taken;
            resolve(outcome);
            startNext();
          };
          const limit = setTimeout(() => end(err(failures.died), false), LIMIT_MS);
          const until = { signal: listening.signal };
          signal?.addEventListener('abort', () => end(cancelled, false), until);
          // A mistake or a lack of memory comes with a message; a file that could not be fetched is a bare event.
          const failed = (event: Event) => end(err('message' in event ? failures.died : failures.missing), false);
          worker.addEventListener('error', failed, until);
          worker.addEventListener(
            'message',
            ({ data }: MessageEvent<WorkReply<Value, Failure, Progress>>) => {
              if (data.kind === 'progress') onProgress?.(data.progress);
              else end(data.outcome, true);
            },
            until,
          );
          worker.postMessage(request);
        };

        const job = { start, taken };
        signal?.addEventListener('abort', cancelWaiting, { once: true });
        waiting.push(job);
        startNext();
      }),

    hold: (back) => {
      held = back;
      startNext();
    },
  };
}

/** The other end of a pool: runs in the worker, one job at a time, one outcome each. */
export function serveWorkerPool<Request, Value, Failure, Progress = never>(
  work: (request: Request, tell: (progress: Progress) => void) => Promise<Result<Value, Failure>>,
): void {
  const reply = (message: WorkReply<Value, Failure, Progress>): void => globalThis.postMessage(message);
  globalThis.addEventListener('message', async ({ data }: MessageEvent<Request>) => {
    const outcome = await work(data, (progress) => reply({ kind: 'progress', progress }));
    reply({ kind: 'outcome', outcome });
  });
}
