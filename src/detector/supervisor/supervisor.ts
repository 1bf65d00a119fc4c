import { err, ok, type Result } from '#shared/result.ts';
import type { DetectionOutcome } from '../detection.ts';
import type { Detector, DetectorFailure, DetectorLog } from '../detector.ts';
import type { DetectorHost, HostEvents } from '../ports.ts';
import { type PromiseWithResolver, withResolver } from '../with-resolver.ts';
import type { FromChild } from './messages.ts';
import { restartDelay } from './restart-delay.ts';

/**
 * How long the child may take, in milliseconds. What is judged is the time that it worked itself: on a loaded machine a
 * healthy child is slower, and killing it would only make it begin anew. `wallMs` is for a child that sleeps.
 */
export type TimeLimit = { readonly processorMs: number; readonly wallMs: number };

export type SupervisorOptions = {
  readonly startChild: (events: HostEvents) => DetectorHost;
  /** Most jobs that wait; those with the child do not count. */
  readonly queueLimit: number;
  /** What the child may take for one job. */
  readonly jobLimit: TimeLimit;
  /** What the child may take until it is ready. */
  readonly startLimit: TimeLimit;
  /** Hears when the child comes and goes; never anything of a picture. */
  readonly logger: DetectorLog | undefined;
};

type Answer = Result<DetectionOutcome, DetectorFailure>;

type Job = {
  readonly id: number;
  readonly picture: Uint8Array;
  /** How often it was given to a child that then went down. */
  interruptions: number;
  /** Answers the caller; later answers are ignored. */
  readonly settle: (answer: Answer) => void;
  settled: boolean;
};

type ChildState = {
  readonly child: DetectorHost;
  readonly startedAt: number;
  ready: boolean;
  /** It took too long over something and was killed, which can take a moment. */
  timedOut: boolean;
};

/**
 * Jobs with the child at a time: one that the networks work on, and one that is decoded meanwhile (or whose crops are
 * still encoded).
 */
const WINDOW = 2;
/** How often a job is given to a child before it fails. */
const MAX_ATTEMPTS = 2;
/** Starts that must fail in a row before waiting callers are told; one can be bad luck. */
const FAILED_STARTS = 2;
/** Least pause between two looks at the child's time, in milliseconds. */
const LOOK_AGAIN_MS = 100;
/** Threads of the child that may work at once: so much faster than the clock its time may pass. */
const THREADS = 4;
/** Assumed time of a job until some were measured, in milliseconds. */
const FIRST_GUESS_MS = 150;
const MAX_RETRY_AFTER_SECONDS = 60;

/**
 * Keeps one detector child alive and gives it the waiting jobs, first come, first served.
 *
 * - An aborted call is answered `cancelled` at once. A waiting job leaves the queue; one that the child already works
 *   on is finished there (it takes a fraction of a second) and its result dropped.
 * - When the child goes down, its jobs go back to the front of the queue, once, and are then tried alone, so that a
 *   picture that kills the child cannot take a neighbour with it twice. After that they fail with `detector-failed`,
 *   or `too-slow` when it was their own time that ran out.
 * - The next child starts at once the first time, then after growing pauses until one has finished a job.
 */
export class DetectorSupervisor implements Detector {
  readonly #options: SupervisorOptions;
  readonly #waiting: Job[] = [];
  /** Jobs with the child, in the order in which it got them. Callers may have left some of them. */
  #running: Job[] = [];
  #childState: ChildState | undefined;
  #nextId = 1;
  /** Children that went down since one last finished a job. */
  #losses = 0;
  /** Why the last starts failed, while they do. */
  #failedStarts: string[] = [];
  #averageMs = FIRST_GUESS_MS;
  #headSince = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #draining = false;
  #closing: PromiseWithResolver | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#start();
  }

  get childPid(): number | undefined {
    return this.#childState?.child.pid;
  }

  detect(bytes: Uint8Array, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) return Promise.resolve(err({ code: 'cancelled' }));
    if (this.#closing !== undefined) return Promise.resolve(err(CLOSED));
    if (this.#draining) return Promise.resolve(err(RESTARTING));
    const broken = this.#startFailure();
    if (broken !== undefined) return Promise.resolve(err(broken));
    if (this.#waiting.length >= this.#options.queueLimit) {
      return Promise.resolve(err({ code: 'queue-full', retryAfterSeconds: this.#retryAfterSeconds() }));
    }
    return new Promise((resolve) => {
      const onAbort = (): void => {
        const place = this.#waiting.indexOf(job);
        if (place >= 0) this.#waiting.splice(place, 1);
        job.settle(err({ code: 'cancelled' }));
      };
      const job: Job = {
        id: this.#nextId,
        picture: bytes,
        interruptions: 0,
        settled: false,
        settle: (answer) => {
          if (job.settled) return;
          job.settled = true;
          signal.removeEventListener('abort', onAbort);
          resolve(answer);
        },
      };
      this.#nextId += 1;
      signal.addEventListener('abort', onAbort);
      this.#waiting.push(job);
      this.#dispatch();
    });
  }

  drain(): void {
    this.#draining = true;
    for (const job of this.#waiting.splice(0)) job.settle(err(RESTARTING));
  }

  close(): Promise<void> {
    if (this.#closing === undefined) {
      this.#closing = withResolver();
      clearTimeout(this.#timer);
      for (const job of [...this.#running, ...this.#waiting]) job.settle(err(CLOSED));
      this.#running = [];
      this.#waiting.length = 0;
      if (this.#childState === undefined) this.#closing.resolve();
      else this.#childState.child.kill();
    }
    return this.#closing.promise;
  }

  #start(): void {
    const startedAt = performance.now();
    const child = this.#options.startChild({
      onMessage: (message) => this.#onMessage(message),
      onExit: (reason, stderrTail) => this.#onExit(reason, stderrTail),
    });
    this.#childState = { child, startedAt, ready: false, timedOut: false };
    this.#limit(this.#options.startLimit);
  }

  #onMessage(message: FromChild): void {
    const childState = this.#childState;
    if (childState === undefined || this.#closing !== undefined) return;
    switch (message.type) {
      case 'ready':
        if (childState.timedOut) return;
        childState.ready = true;
        this.#failedStarts = [];
        clearTimeout(this.#timer);
        this.#options.logger?.info('detector is ready', {
          pid: childState.child.pid,
          ms: Math.round(performance.now() - childState.startedAt),
        });
        break;
      case 'found':
        this.#finish(message.job, ok(message.outcome));
        break;
      case 'failed':
        this.#finish(message.job, err(message.failure));
        break;
    }
    this.#dispatch();
  }

  #finish(id: number, answer: Answer): void {
    const place = this.#running.findIndex((job) => job.id === id);
    const [job] = place < 0 ? [] : this.#running.splice(place, 1);
    if (job === undefined) return;
    this.#losses = 0;
    if (place === 0) {
      this.#averageMs += (performance.now() - this.#headSince - this.#averageMs) / 8;
      this.#watchHead();
    }
    job.settle(answer);
  }

  #dispatch(): void {
    const childState = this.#childState;
    if (childState === undefined || !childState.ready || childState.timedOut) return;
    while (this.#running.length < WINDOW) {
      const [job] = this.#waiting;
      if (job === undefined) return;
      const alone = job.interruptions > 0 || this.#running.some(({ interruptions }) => interruptions > 0);
      if (alone && this.#running.length > 0) return;
      this.#waiting.shift();
      this.#running.push(job);
      if (this.#running.length === 1) this.#watchHead();
      childState.child.send({ type: 'detect', job: job.id, picture: job.picture });
    }
  }

  /** Starts the clock of the job that the child works on now. */
  #watchHead(): void {
    clearTimeout(this.#timer);
    this.#headSince = performance.now();
    if (this.#running.length > 0) this.#limit(this.#options.jobLimit);
  }

  /** Kills the child once it has taken this much from now on. */
  #limit({ processorMs, wallMs }: TimeLimit): void {
    clearTimeout(this.#timer);
    const childState = this.#childState;
    if (childState === undefined) return;
    const { child } = childState;
    const since = performance.now();
    const before = child.processorMs();
    const look = (): void => {
      const elapsed = performance.now() - since;
      const now = child.processorMs();
      const isTold = before !== undefined && now !== undefined;
      // Where the machine does not say, the clock stands for it.
      const left = Math.min(wallMs - elapsed, processorMs - (isTold ? now - before : elapsed));
      if (left <= 0) {
        childState.timedOut = true;
        child.kill();
      } else {
        this.#timer = setTimeout(look, isTold ? Math.max(LOOK_AGAIN_MS, left / THREADS) : left);
      }
    };
    look();
  }

  #onExit(reason: string, stderrTail: string): void {
    const childState = this.#childState;
    this.#childState = undefined;
    clearTimeout(this.#timer);
    if (this.#closing !== undefined) {
      this.#closing.resolve();
      return;
    }
    if (childState?.ready === true) this.#takeBack(childState, reason);
    else this.#giveUpStart(childState?.timedOut === true ? 'the detector did not become ready in time' : reason);
    this.#losses += 1;
    const delay = restartDelay(this.#losses);
    this.#options.logger?.warn('detector went down', {
      pid: childState?.child.pid,
      reason,
      stderrTail,
      restartInMs: delay,
    });
    this.#timer = setTimeout(() => this.#start(), delay);
  }

  /** Puts the jobs of a child that went down back into the queue, or fails them. */
  #takeBack(childState: ChildState, reason: string): void {
    const interrupted = this.#running.filter(({ settled }) => !settled);
    const [head] = this.#running;
    this.#running = [];
    for (const job of interrupted.toReversed()) {
      // When one job's time ran out, those behind it did nothing wrong.
      if (!childState.timedOut || job === head) job.interruptions += 1;
      if (this.#draining) job.settle(err(RESTARTING));
      else if (job.interruptions < MAX_ATTEMPTS) this.#waiting.unshift(job);
      else job.settle(err(childState.timedOut ? { code: 'too-slow' } : { code: 'detector-failed', reason }));
    }
  }

  #giveUpStart(reason: string): void {
    this.#failedStarts.push(reason);
    const failure = this.#startFailure();
    if (failure === undefined) return;
    for (const job of this.#waiting.splice(0)) job.settle(err(failure));
  }

  /** What callers are told while the child cannot be started. It is still tried, at growing intervals. */
  #startFailure(): DetectorFailure | undefined {
    const reason = this.#failedStarts.at(-1);
    if (reason === undefined || this.#failedStarts.length < FAILED_STARTS) return undefined;
    return { code: 'detector-failed', reason };
  }

  #retryAfterSeconds(): number {
    const seconds = Math.ceil((this.#waiting.length * this.#averageMs) / 1000);
    return Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, seconds));
  }
}

const RESTARTING: DetectorFailure = { code: 'restarting' };
const CLOSED: DetectorFailure = { code: 'detector-failed', reason: 'the server is shutting down' };
