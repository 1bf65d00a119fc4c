import { err, ok, type Result } from '#shared/result.ts';
import type { DetectionOutcome, StepTimes } from '../detection.ts';
import type { Backlog, Detector, DetectorFailure, DetectorLog, DetectorState, DetectorWatch } from '../detector.ts';
import type { ChildEnd, DetectorHost, HostEvents, Usage } from '../ports.ts';
import { type PromiseWithResolver, withResolver } from '../with-resolver.ts';
import type { FromChild } from './messages.ts';
import { restartDelay } from './restart-delay.ts';
import { type LimitPassed, type UsageLimit, watchUsage } from './watch-usage.ts';

export type SupervisorOptions = {
  readonly startChild: (events: HostEvents) => DetectorHost;
  /** Most jobs that wait; those with the child do not count. */
  readonly queueLimit: number;
  /** What the child may take for one job. */
  readonly jobLimit: UsageLimit;
  /** What the child may take until it is ready. */
  readonly startLimit: UsageLimit;
  /** Hears when the child comes and goes; never anything of a picture. */
  readonly logger: DetectorLog | undefined;
  readonly watch?: DetectorWatch | undefined;
};

type Answer = Result<DetectionOutcome, DetectorFailure>;

type Job = {
  readonly id: number;
  readonly picture: Uint8Array;
  /** When it came, and when a child last got it, by `performance.now()`. */
  readonly cameAt: number;
  givenAt: number;
  /** How often it was given to a child that then went down. */
  interruptions: number;
  /** It was with a child that went down by itself, so it is tried alone, and with less. */
  isSuspect: boolean;
  /** Answers the caller; later answers are ignored. */
  readonly settle: (answer: Answer) => void;
  settled: boolean;
};

type ChildState = {
  readonly child: DetectorHost;
  readonly startedAt: number;
  ready: boolean;
  /** The limit that it passed, with how many jobs; it was killed, which can take a moment. */
  passed: { readonly limit: LimitPassed; readonly jobs: number } | undefined;
};

/**
 * Jobs with the child at a time: one that the networks work on, and one that is decoded meanwhile (or whose crops are
 * still encoded).
 */
const WINDOW = 2;
/** How often a job is given to a child before it fails, whoever ended those. */
const MAX_ATTEMPTS = 3;
/** A second try gets this share of the first one's limit: whoever stands behind it does not pay twice. */
const SECOND_TRY_SHARE = 0.5;
/** Starts that must fail in a row before waiting callers are told; one can be bad luck. */
const FAILED_STARTS = 2;
/** Assumed time of a job until some were measured, in milliseconds. */
const FIRST_GUESS_MS = 150;
const MAX_RETRY_AFTER_SECONDS = 60;
/** Waiting for the processor that is worth a word, in milliseconds: a person notices half a second. */
const NOTICED_MS = 500;

/**
 * Keeps one detector child alive and gives it the waiting jobs, first come, first served.
 *
 * - An aborted call is answered `cancelled` at once. A waiting job leaves the queue; one that the child already works
 *   on is finished there (it takes a fraction of a second) and its result dropped.
 * - When the child goes down by itself or passes a limit while it had one job, that job is `picture-stopped`: it would
 *   end so again. Of two, nobody knows which it was: both go back to the front of the queue and are tried alone, each
 *   with half of the limit. A child that slept may have been held up, so its job is tried once more.
 * - A child that was ended from outside is held against no job. A job that this happens to each time is `interrupted`.
 * - The next child starts at once, and after growing pauses when several in a row went down without any job.
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
  #wasReady = false;
  #averageMs = FIRST_GUESS_MS;
  #headSince = 0;
  /** Processor time of the child when it began with the job that it works on, in milliseconds, where that is known. */
  #headUsage: number | undefined;
  #startTimer: ReturnType<typeof setTimeout> | undefined;
  #endWatch: () => void = () => {};
  #isSteppedBack = false;
  #draining = false;
  #closing: PromiseWithResolver | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#start();
  }

  get childPid(): number | undefined {
    return this.#childState?.child.pid;
  }

  get state(): DetectorState {
    if (this.#startFailure() !== undefined) return 'failing';
    return this.#wasReady ? 'ready' : 'starting';
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
        cameAt: performance.now(),
        givenAt: 0,
        interruptions: 0,
        isSuspect: false,
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

  backlog(): Backlog {
    const now = performance.now();
    const oldest = this.#waiting.reduce((most, { cameAt }) => Math.max(most, now - cameAt), 0);
    return { waiting: this.#waiting.length, oldestMs: oldest };
  }

  usage(): Usage | undefined {
    return this.#childState?.child.usage();
  }

  drain(): void {
    this.#draining = true;
    for (const job of this.#waiting.splice(0)) job.settle(err(RESTARTING));
  }

  stepBack(isBack: boolean): void {
    if (isBack === this.#isSteppedBack) return;
    this.#isSteppedBack = isBack;
    this.#childState?.child.stepBack(isBack);
  }

  close(): Promise<void> {
    if (this.#closing === undefined) {
      this.#closing = withResolver();
      clearTimeout(this.#startTimer);
      this.#endWatch();
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
      onExit: (end) => this.#onExit(end),
    });
    this.#childState = { child, startedAt, ready: false, passed: undefined };
    if (this.#isSteppedBack) child.stepBack(true);
    this.#limit(this.#options.startLimit);
  }

  #onMessage(message: FromChild): void {
    const childState = this.#childState;
    if (childState === undefined || this.#closing !== undefined) return;
    switch (message.type) {
      case 'ready':
        if (childState.passed !== undefined) return;
        childState.ready = true;
        this.#failedStarts = [];
        this.#wasReady = true;
        this.#endWatch();
        this.#options.logger?.info('detector is ready', {
          pid: childState.child.pid,
          ms: Math.round(performance.now() - childState.startedAt),
        });
        break;
      case 'found':
        this.#finish(
          message.job,
          ok(this.#wasHeldUp(message.job) ? { ...message.outcome, isHeldUp: true } : message.outcome),
          message.steps,
        );
        break;
      case 'failed':
        this.#finish(message.job, err(message.failure), message.steps);
        break;
      case 'usage':
        return;
    }
    this.#dispatch();
  }

  #finish(id: number, answer: Answer, steps: StepTimes | undefined): void {
    const place = this.#running.findIndex((job) => job.id === id);
    const [job] = place < 0 ? [] : this.#running.splice(place, 1);
    if (job === undefined) return;
    this.#losses = 0;
    this.#options.watch?.onDetected({ waitedMs: job.givenAt - job.cameAt, steps: steps ?? {} });
    if (place === 0) {
      this.#averageMs += (performance.now() - this.#headSince - this.#averageMs) / 8;
      this.#watchHead();
    }
    job.settle(answer);
  }

  #dispatch(): void {
    const childState = this.#childState;
    if (childState === undefined || !childState.ready || childState.passed !== undefined) return;
    while (this.#running.length < WINDOW) {
      const [job] = this.#waiting;
      if (job === undefined) return;
      const alone = job.isSuspect || this.#running.some(({ isSuspect }) => isSuspect);
      if (alone && this.#running.length > 0) return;
      this.#waiting.shift();
      this.#running.push(job);
      job.givenAt = performance.now();
      if (this.#running.length === 1) this.#watchHead();
      childState.child.send({ type: 'detect', job: job.id, picture: job.picture });
    }
  }

  /** Begins to judge what the child uses for the job that it works on now. */
  #watchHead(): void {
    this.#endWatch();
    this.#headSince = performance.now();
    this.#headUsage = this.#childState?.child.usage()?.processorMs;
    const [head] = this.#running;
    if (head !== undefined) this.#limit(head.isSuspect ? lessOf(this.#options.jobLimit) : this.#options.jobLimit);
  }

  /** Whether the child waited for the processor longer than it worked, and long enough to be noticed. */
  #wasHeldUp(id: number): boolean {
    const now = this.#childState?.child.usage()?.processorMs;
    if (this.#running[0]?.id !== id || now === undefined || this.#headUsage === undefined) return false;
    const worked = now - this.#headUsage;
    const waited = performance.now() - this.#headSince - worked;
    return waited >= NOTICED_MS && waited > worked;
  }

  /** Kills the child once it has taken this much from now on. */
  #limit(limit: UsageLimit): void {
    this.#endWatch();
    const childState = this.#childState;
    if (childState === undefined || childState.passed !== undefined) return;
    const { child } = childState;
    this.#endWatch = watchUsage(
      () => child.usage(),
      limit,
      (passed) => {
        // An answer may be on its way all the same.
        childState.passed = { limit: passed, jobs: this.#running.length };
        child.kill();
      },
    );
  }

  #onExit(end: ChildEnd): void {
    const childState = this.#childState;
    this.#childState = undefined;
    this.#endWatch();
    if (this.#closing !== undefined) {
      this.#closing.resolve();
      return;
    }
    this.#options.watch?.onDown();
    const hadJobs = this.#running.length > 0;
    const passed = childState?.passed;
    if (childState?.ready === true) this.#takeBack(end, passed);
    else this.#giveUpStart(passed === undefined ? end.reason : 'the detector did not become ready in time');
    // A picture that ends its child is no reason to let the next one wait.
    if (!hadJobs) this.#losses += 1;
    const delay = restartDelay(this.#losses);
    this.#options.logger?.warn('detector went down', {
      pid: childState?.child.pid,
      reason: end.reason,
      passed: passed?.limit,
      stderrTail: end.stderrTail,
      restartInMs: delay,
    });
    this.#startTimer = setTimeout(() => this.#start(), delay);
  }

  /** Puts the jobs of a child that went down back into the queue, or fails them. */
  #takeBack({ isFromOutside }: ChildEnd, passed: ChildState['passed']): void {
    const jobs = this.#running;
    this.#running = [];
    const isByItself = passed !== undefined || !isFromOutside;
    const wasAlone = (passed?.jobs ?? jobs.length) === 1;
    for (const job of jobs.filter(({ settled }) => !settled).toReversed()) {
      const stopped = isByItself && wasAlone && (passed?.limit !== 'clock' || job.isSuspect);
      job.interruptions += 1;
      job.isSuspect ||= isByItself;
      if (this.#draining) job.settle(err(RESTARTING));
      else if (stopped) job.settle(err({ code: 'picture-stopped' }));
      else if (job.interruptions < MAX_ATTEMPTS) this.#waiting.unshift(job);
      else job.settle(err({ code: 'interrupted' }));
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

const lessOf = ({ processorMs, wallMs, ...others }: UsageLimit): UsageLimit => ({
  ...others,
  processorMs: processorMs * SECOND_TRY_SHARE,
  wallMs: wallMs * SECOND_TRY_SHARE,
});

const RESTARTING: DetectorFailure = { code: 'restarting' };
const CLOSED: DetectorFailure = { code: 'detector-failed', reason: 'the server is shutting down' };
