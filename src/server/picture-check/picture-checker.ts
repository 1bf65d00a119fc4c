import { open } from 'node:fs/promises';
import type { StoppedPictures } from '#api/embedded/stopped-pictures.ts';
import type { CallContext, CallerKind, EngineFailure } from '#api/engine.ts';
import { createPlaces } from '#api/places.ts';
import type { AssetContentType } from '#contract/limits.ts';
import { describeContent, sniffPicture } from '#detector/headers/sniff.ts';
import type { ChildEnd, Usage } from '#detector/ports.ts';
import { type LimitPassed, type UsageLimit, watchUsage } from '#detector/supervisor/watch-usage.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Logger } from '../log.ts';
import type { CheckJob, FromCheckChild, PictureFault, ToCheckChild } from './messages.ts';

/** A picture on the disk, with the store's digest of its content. */
type PictureFile = { readonly path: string; readonly digest: string };
type Call = Pick<CallContext, 'caller' | 'signal'>;

/**
 * Looks at strangers' pictures before they are kept or passed on, in a process that is ended when one takes too much or
 * its caller has left: never in the server's own.
 */
export type PictureChecker = {
  /** PNG or JPEG as its header claims, within the limits, then decodable to the end. Resolves to the file's ending. */
  checkUpload(file: PictureFile, claimed: AssetContentType, call: Call): Promise<Result<'jpg' | 'png', EngineFailure>>;
  /** A linked picture of a kind that is decoded here, by its header alone. */
  checkLinked(file: PictureFile & { readonly type: string }, call: Call): Promise<Result<void, EngineFailure>>;
  /** Memory that all its processes hold now, in bytes, as far as that is known; one that nobody counts need not tell. */
  residentBytes?(): number;
  close(): Promise<void>;
};

/** One life of a process that checks pictures. */
export type CheckChild = {
  readonly pid: number | undefined;
  send(message: ToCheckChild): void;
  /** See `DetectorHost`. */
  usage(): Usage | undefined;
  /** Lets other work of ours go first, or stands beside it again. */
  standBehind(isBehind: boolean): void;
  kill(): void;
};
export type StartCheckChild = (events: {
  readonly onMessage: (message: Exclude<FromCheckChild, { type: 'usage' }>) => void;
  readonly onExit: (end: ChildEnd) => void;
}) => CheckChild;

/**
 * Checks at once. Each has a process for itself, so that ending one costs no other, and one process is nobody's who comes
 * with a stranger's bearer.
 */
const AT_ONCE = { all: 2, most: { session: 2, 'configured-bearer': 2, 'strangers-bearer': 1 } } as const;
/** What one check may take: ten times the costliest picture that its header lets through. */
const CHECK_LIMIT: UsageLimit = { processorMs: 20_000, wallMs: 60_000, residentBytes: 1e9 };
/** The second try of one that slept. */
const AGAIN_LIMIT: UsageLimit = { ...CHECK_LIMIT, processorMs: 10_000, wallMs: 30_000 };
/** What it may take once nobody waits: most are done by then, and a new process costs more than that. */
const LEFT_LIMIT: UsageLimit = { ...CHECK_LIMIT, processorMs: 250, wallMs: 5_000 };
const START_LIMIT: UsageLimit = { ...CHECK_LIMIT, wallMs: 120_000 };
/** How long a check waits for the process that there is before another one is started, in milliseconds. */
const PATIENCE_MS = 300;
/** After so long without a check a second process is ended, in milliseconds. */
const IDLE_MS = 30_000;
/** A check that goes on for longer lets everything else go first, in milliseconds: nearly all are done by then. */
const BEHIND_AFTER_MS = 300;
/** How often a check is begun, whoever ended the processes. */
const MAX_ATTEMPTS = 3;

/** How one try ended. */
type Ending =
  | { readonly how: 'checked'; readonly fault: PictureFault | undefined }
  | { readonly how: 'failed'; readonly error: string }
  | { readonly how: 'passed'; readonly limit: LimitPassed }
  | { readonly how: 'gone'; readonly isFromOutside: boolean }
  | { readonly how: 'left' };

/** A process and what it does. */
type Worker = {
  readonly child: CheckChild;
  state: 'starting' | 'idle' | 'busy' | 'ended';
  onEnding: (ending: Ending) => void;
  passed: LimitPassed | undefined;
  endWatch: () => void;
  idle: ReturnType<typeof setTimeout> | undefined;
};

export function createPictureChecker(options: {
  readonly startChild: StartCheckChild;
  readonly stopped: StoppedPictures;
  /** Hears when a process goes down; never anything of a picture. */
  readonly logger?: Pick<Logger, 'warn'>;
  /** Runs whenever a process went down that was not to end. */
  readonly onDown?: (() => void) | undefined;
}): PictureChecker {
  const { startChild, stopped, logger, onDown } = options;
  // The line needs no end of its own: uploads and links are counted where they begin.
  const places = createPlaces({ ...AT_ONCE, line: Number.POSITIVE_INFINITY });
  const workers = new Set<Worker>();
  /** Those who have a place and wait for a process. */
  const waiting: { readonly caller: CallerKind; readonly give: (worker: Worker | undefined) => void }[] = [];
  /** Who is no stranger is first; strangers keep their turn among themselves. */
  const takeNext = () => {
    const index = waiting.findIndex(({ caller }) => !isStranger(caller));
    return waiting.splice(Math.max(index, 0), 1)[0];
  };
  /** A start costs more than most checks: it takes what others leave, unless somebody waits for it who is no stranger. */
  const standAtStart = ({ child, state }: Worker) => {
    if (state === 'starting') child.standBehind(waiting.every(({ caller }) => isStranger(caller)));
  };
  let nextJob = 1;
  let isClosing = false;
  let onAllGone = () => {};

  const judge = (worker: Worker, limit: UsageLimit) => {
    worker.endWatch();
    worker.endWatch = watchUsage(
      () => worker.child.usage(),
      limit,
      (passed) => {
        worker.passed = passed;
        worker.child.kill();
      },
    );
  };

  const becomeIdle = (worker: Worker) => {
    worker.endWatch();
    worker.state = 'idle';
    const next = takeNext();
    if (next !== undefined) {
      worker.state = 'busy';
      next.give(worker);
    } else if (workers.size > 1) {
      worker.idle = setTimeout(() => {
        if (workers.size === 1) return;
        worker.state = 'ended';
        workers.delete(worker);
        worker.child.kill();
      }, IDLE_MS);
      worker.idle.unref();
    }
  };

  const start = () => {
    const child = startChild({
      onMessage: (message) => {
        switch (message.type) {
          case 'ready':
            if (worker.passed === undefined) becomeIdle(worker);
            break;
          case 'checked':
            worker.onEnding({ how: 'checked', fault: message.fault });
            break;
          case 'failed':
            worker.onEnding({ how: 'failed', error: message.error });
            break;
        }
      },
      onExit: ({ reason, stderrTail, isFromOutside }) => {
        const { state, passed, idle } = worker;
        worker.state = 'ended';
        worker.endWatch();
        clearTimeout(idle);
        workers.delete(worker);
        if (workers.size === 0) onAllGone();
        if (!isClosing && state !== 'ended') {
          logger?.warn('check of pictures went down', { pid: child.pid, reason, passed, stderrTail });
          onDown?.();
        }
        if (state === 'busy')
          worker.onEnding(passed ? { how: 'passed', limit: passed } : { how: 'gone', isFromOutside });
        // Whoever waits for it would wait for ever; a start that fails is one try.
        if (state === 'starting') takeNext()?.give(undefined);
        // Where one was ended, more of that kind may come: nobody else waits for the start of another.
        else if (!isClosing && (state === 'busy' || waiting.length > 0)) start();
      },
    });
    const worker: Worker = {
      child,
      state: 'starting',
      onEnding: () => {},
      passed: undefined,
      endWatch: () => {},
      idle: undefined,
    };
    workers.add(worker);
    standAtStart(worker);
    judge(worker, START_LIMIT);
  };

  /**
   * A process that has nothing to do; undefined when none could be started. A stranger waits for one that starts: after
   * each that a stranger had ended, the idle one would be gone just when somebody else comes, who then waits for the start.
   */
  const takeWorker = async (caller: CallerKind): Promise<Worker | undefined> => {
    const isAnyStarting = [...workers].some(({ state }) => state === 'starting');
    const idle = [...workers].find(({ state }) => state === 'idle');
    if (idle !== undefined && !(isStranger(caller) && isAnyStarting)) {
      clearTimeout(idle.idle);
      idle.idle = undefined;
      idle.state = 'busy';
      return idle;
    }
    if (workers.size === 0) start();
    const patience = setTimeout(() => {
      if (workers.size < AT_ONCE.all && [...workers].every(({ state }) => state !== 'starting')) start();
    }, PATIENCE_MS);
    try {
      return await new Promise((resolve) => {
        waiting.push({ caller, give: resolve });
        for (const worker of workers) standAtStart(worker);
      });
    } finally {
      clearTimeout(patience);
    }
  };

  /** The two cores of a small server are for faces: a stranger's check, and any that is costly, is behind them. */
  const standIn = (worker: Worker, caller: CallerKind): (() => void) => {
    worker.child.standBehind(isStranger(caller));
    if (isStranger(caller)) return () => {};
    const timer = setTimeout(() => worker.child.standBehind(true), BEHIND_AFTER_MS);
    return () => clearTimeout(timer);
  };

  /** Runs one check in one process; whoever leaves hears so at once, and the process is soon free or ended. */
  const attempt = async (job: CheckJob, limit: UsageLimit, { caller, signal }: Call): Promise<Ending> => {
    const worker = await takeWorker(caller);
    if (worker === undefined) return { how: 'gone', isFromOutside: true };
    if (signal.aborted) {
      becomeIdle(worker);
      return { how: 'left' };
    }
    judge(worker, limit);
    const endStanding = standIn(worker, caller);
    const leave = () => judge(worker, LEFT_LIMIT);
    signal.addEventListener('abort', leave, { once: true });
    const id = nextJob;
    nextJob += 1;
    const ending = await new Promise<Ending>((resolve) => {
      worker.onEnding = resolve;
      worker.child.send({ ...job, job: id });
    });
    signal.removeEventListener('abort', leave);
    endStanding();
    if (worker.state === 'busy') becomeIdle(worker);
    return ending;
  };

  const judgement = async (job: CheckJob, digest: string, call: Call): Promise<Result<void, EngineFailure>> => {
    let limit = CHECK_LIMIT;
    for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
      const ending = await attempt(job, limit, call);
      if (call.signal.aborted || isClosing) return err({ code: 'cancelled' });
      switch (ending.how) {
        case 'checked':
          return ending.fault === undefined ? ok(undefined) : err(ending.fault);
        case 'failed':
          throw new Error(`A picture could not be checked: ${ending.error}`);
        case 'left':
          return err({ code: 'cancelled' });
        case 'passed':
          if (ending.limit !== 'clock' || limit === AGAIN_LIMIT) return stop(digest);
          limit = AGAIN_LIMIT;
          break;
        case 'gone':
          if (!ending.isFromOutside) return stop(digest);
          break;
      }
    }
    return err({ code: 'interrupted' });
  };
  const stop = (digest: string) =>
    err({ code: 'picture-stopped', retryAfterSeconds: stopped.remember(digest) } as const);

  /** The place is held until the process is free again, the answer is there at once when the caller leaves. */
  const check = async (job: CheckJob, digest: string, call: Call): Promise<Result<void, EngineFailure>> => {
    const { caller, signal } = call;
    const retryAfterSeconds = stopped.secondsLeft(digest);
    if (retryAfterSeconds !== undefined) return err({ code: 'picture-stopped', retryAfterSeconds });
    const place = await places.take(caller, signal).catch(() => undefined);
    if (place === undefined) return err({ code: 'cancelled' });
    if (!place.ok) return place;
    const judged = judgement(job, digest, call).finally(place.value);
    judged.catch(() => {});
    let leave = () => {};
    const left = new Promise<Result<void, EngineFailure>>((resolve) => {
      leave = () => resolve(err({ code: 'cancelled' }));
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([judged, left]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

  start();
  return {
    checkUpload: async ({ path, digest }, claimed, call) => {
      const first = await firstBytes(path);
      const type = sniffPicture(first);
      if (type !== 'image/png' && type !== 'image/jpeg') {
        const found = type === undefined ? describeContent(first) : `a picture of type ${type}`;
        return err({ code: 'unreadable-picture', reason: `it holds ${found}` });
      }
      if (type !== claimed) {
        return err({ code: 'unreadable-picture', reason: `it was sent as ${claimed} but is ${type}` });
      }
      const checked = await check({ what: 'upload', path, type }, digest, call);
      return checked.ok ? ok(type === 'image/png' ? 'png' : 'jpg') : checked;
    },
    checkLinked: ({ path, digest, type }, call) => check({ what: 'linked', path, type }, digest, call),
    residentBytes: () => [...workers].reduce((sum, { child }) => sum + (child.usage()?.residentBytes ?? 0), 0),
    close: () => {
      isClosing = true;
      places.drain();
      for (const { give } of waiting.splice(0)) give(undefined);
      return new Promise((resolve) => {
        onAllGone = resolve;
        if (workers.size === 0) resolve();
        for (const { child } of workers) child.kill();
      });
    },
  };
}

const isStranger = (caller: CallerKind) => caller === 'strangers-bearer';

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
