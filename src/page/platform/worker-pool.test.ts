import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Result } from '#shared/result.ts';
import { createWorkerPool, type WorkReply } from './worker-pool.ts';

type Failure = 'cancelled' | 'died' | 'missing';
type Progress = { readonly done: number };
type WorkOutcome = Result<string, Failure>;
type Reply = WorkReply<string, Failure, Progress>;

/** A worker that does what the test says, when it says it. */
class FakeWorker extends EventTarget implements Worker {
  readonly received: string[] = [];
  terminated = false;
  onmessage = null;
  onmessageerror = null;
  onerror = null;

  postMessage(request: string): void {
    this.received.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(data: Reply): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const result: WorkOutcome = { ok: true, value: 'a result' };
const done: Reply = { kind: 'outcome', outcome: result };
/** As a browser tells it when a worker fails at its work; Node has no such event. */
class WorkerError extends Event {
  readonly message = 'out of memory';
  constructor() {
    super('error');
  }
}

const cancelled: WorkOutcome = { ok: false, error: 'cancelled' };

let workers: FakeWorker[] = [];
const poolOf = (slots: number) =>
  createWorkerPool<string, string, Failure, Progress>({
    create: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    slots,
    failures: { cancelled: 'cancelled', died: 'died', missing: 'missing' },
  });
const job = (signal?: AbortSignal, onProgress?: () => void) => ({ request: 'a job', signal, onProgress });

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('a pool of workers', () => {
  test('runs as many jobs at once as it has slots, and the others in their order', async () => {
    const pool = poolOf(2);
    const outcomes = [pool.run(job()), pool.run(job()), pool.run(job())];
    expect(workers.map((worker) => worker.received.length)).toEqual([1, 1]);
    workers[0]?.answer(done);
    expect(workers.map((worker) => worker.received.length)).toEqual([2, 1]);
    for (const worker of workers) worker.answer(done);
    expect(await Promise.all(outcomes)).toEqual([result, result, result]);
    expect(workers).toHaveLength(2);
  });

  test('runs a heavy job alone, in its turn', () => {
    const pool = poolOf(2);
    const received = () => workers.map((worker) => worker.received.length);
    void pool.run(job());
    void pool.run({ ...job(), isHeavy: true });
    void pool.run(job());
    expect(received()).toEqual([1]);
    workers[0]?.answer(done);
    expect(received()).toEqual([2]);
    workers[0]?.answer(done);
    expect(received()).toEqual([3]);
  });

  test('goes on with those behind a heavy job that is cancelled before its turn', () => {
    const pool = poolOf(2);
    const controller = new AbortController();
    void pool.run(job());
    void pool.run({ ...job(controller.signal), isHeavy: true });
    void pool.run(job());
    expect(workers).toHaveLength(1);
    controller.abort();
    expect(workers).toHaveLength(2);
  });

  test('hands on progress', () => {
    const onProgress = vi.fn();
    void poolOf(1).run(job(undefined, onProgress));
    workers[0]?.answer({ kind: 'progress', progress: { done: 0.25 } });
    expect(onProgress.mock.calls).toEqual([[{ done: 0.25 }]]);
  });

  test('cancelling a running job ends its worker, and the next job gets a new one', async () => {
    const pool = poolOf(1);
    const controller = new AbortController();
    const first = pool.run(job(controller.signal));
    const second = pool.run(job());
    controller.abort();
    expect(await first).toEqual(cancelled);
    expect(workers[0]?.terminated).toBe(true);
    workers[1]?.answer(done);
    expect(await second).toEqual(result);
  });

  test('cancelling a waiting job touches no worker', async () => {
    const pool = poolOf(1);
    const controller = new AbortController();
    const first = pool.run(job());
    const second = pool.run(job(controller.signal));
    controller.abort();
    expect(await second).toEqual(cancelled);
    workers[0]?.answer(done);
    expect(await first).toEqual(result);
    expect(workers.map((worker) => worker.received.length)).toEqual([1]);
  });

  test('a job that was cancelled before it began does not begin', async () => {
    expect(await poolOf(1).run(job(AbortSignal.abort()))).toEqual(cancelled);
    expect(workers).toEqual([]);
  });

  test('cancelling a job that is done does nothing', async () => {
    const controller = new AbortController();
    const outcome = poolOf(1).run(job(controller.signal));
    workers[0]?.answer(done);
    controller.abort();
    expect(await outcome).toEqual(result);
    expect(workers[0]?.terminated).toBe(false);
  });

  test('a worker that dies costs its own job only', async () => {
    const pool = poolOf(1);
    const outcomes = [pool.run(job()), pool.run(job())];
    workers[0]?.dispatchEvent(new WorkerError());
    workers[1]?.answer(done);
    expect(await Promise.all(outcomes)).toEqual([{ ok: false, error: 'died' }, result]);
    expect(workers[0]?.terminated).toBe(true);
  });

  test('a worker whose file could not be fetched says so', async () => {
    const outcome = poolOf(1).run(job());
    workers[0]?.dispatchEvent(new Event('error'));
    expect(await outcome).toEqual({ ok: false, error: 'missing' });
  });

  test('a job that never ends is given up, and the next one runs', async () => {
    const pool = poolOf(1);
    const outcomes = [pool.run(job()), pool.run(job())];
    vi.advanceTimersByTime(300_000);
    workers[1]?.answer(done);
    expect(await Promise.all(outcomes)).toEqual([{ ok: false, error: 'died' }, result]);
    expect(workers[0]?.terminated).toBe(true);
  });

  test('a worker that nobody needs is ended after a while, because it holds on to memory', async () => {
    const pool = poolOf(1);
    const outcome = pool.run(job());
    workers[0]?.answer(done);
    await outcome;
    expect(workers[0]?.terminated).toBe(false);
    vi.runAllTimers();
    expect(workers[0]?.terminated).toBe(true);
    pool.run(job());
    expect(workers).toHaveLength(2);
  });

  test('while it is held no job begins, what runs is finished, and what waits can be cancelled', async () => {
    const pool = poolOf(1);
    const first = pool.run(job());
    pool.hold(true);
    const controller = new AbortController();
    const [second, third] = [pool.run(job(controller.signal)), pool.run(job())];
    workers[0]?.answer(done);
    expect(await first).toEqual(result);
    controller.abort();
    expect(await second).toEqual(cancelled);
    expect(workers[0]?.received).toHaveLength(1);
    pool.hold(false);
    expect(workers[0]?.received).toHaveLength(2);
    workers[0]?.answer(done);
    expect(await third).toEqual(result);
  });
});
