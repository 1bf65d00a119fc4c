import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, QueueEvents } from 'bullmq';
import { AwayError } from '#api/away.ts';
import { CALLER_KINDS, type CallerKind } from '#api/engine.ts';
import type { Backlog } from '#detector/detector.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Logger } from '../log.ts';
import {
  type DetectionJob,
  detectionJob,
  JOB_NAME,
  type LookFailure,
  lineName,
  QUEUE_PREFIX,
  readFailure,
} from './detection-job.ts';
import { backlogOf } from './line-backlog.ts';
import { createRate } from './rate.ts';
import { connectRedis } from './redis.ts';
import { redisErrorText } from './redis-address.ts';

/** How long a caller waits for Redis to come back, and for an answer of it, in milliseconds. */
const REACH_MS = 3_000;
/** A replica that says nothing for so long awaits nothing any more, in milliseconds. */
const AWAITED_MS = 30_000;
const RENEW_EVERY_MS = 10_000;
/** How long a failed job stays, in seconds: every replica that awaits it has heard of it by then. */
export const FAILED_KEPT_S = 5;
/**
 * How full the queue may be, all kinds of caller together, for one of this kind to come in: however many strangers there
 * are, programs of ours find room, and however many programs, people do.
 */
const ROOM_FOR: Readonly<Record<CallerKind, number>> = {
  session: 1,
  'configured-bearer': 0.75,
  'strangers-bearer': 0.5,
};

const away = () => new AwayError('queue', 'Redis does not answer');

/**
 * Where a job stands. `none`: there is no such job, because it was done, withdrawn or lost. `other-line`: nor is there,
 * but a worker has the same picture for another kind of caller.
 */
export type Standing =
  | { readonly at: 'none' }
  | { readonly at: 'other-line' }
  | { readonly at: 'queue'; readonly picture: string }
  | { readonly at: 'failed'; readonly failure: LookFailure; readonly ageMs: number };

/** A replica's part in awaiting an answer. */
export type Await = {
  /** Resolves when something is known to have become of the job, and after `ms` in any case. */
  next(ms: number): Promise<void>;
  /** Ends it. Resolves to how many others, on any replica, await the same. */
  leave(): Promise<number>;
  /** Ends it for this process, and lets Redis believe for a while that it is awaited: whoever asked asks elsewhere. */
  handOn(): void;
};

/**
 * The queue as those see it who have pictures looked at: a line for each kind of caller, of which workers take in turn.
 * Every call rejects with an `AwayError` when Redis is away.
 */
export type DetectionQueue = {
  /** Resolves when Redis answers. */
  tryReaching(): Promise<void>;
  /** What waits for a worker, in all lines together. */
  backlog(): Promise<Backlog>;
  /** The line of one kind of caller: equal pictures are one job in it, and jobs of other lines are none of it. */
  line(caller: CallerKind): DetectionLine;
  close(): Promise<void>;
};

export type DetectionLine = {
  /** Begins to await an answer, so that no replica withdraws its job. */
  await(answer: string): Promise<Await>;
  standing(answer: string): Promise<Standing>;
  /** Adds a job unless there is an equal one. */
  add(job: DetectionJob): Promise<Result<'added', { readonly code: 'queue-full'; readonly retryAfterSeconds: number }>>;
  /** Removes a job that waits, or one that failed; false when a worker has it. */
  withdraw(answer: string): Promise<boolean>;
};

/** Both by the clock of Redis, which is the only one that all replicas share. */
const NOW = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)`;
const AWAIT = `${NOW} redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1]) redis.call('PEXPIRE', KEYS[1], ARGV[2]) return 1`;
const LEAVE = `${NOW} redis.call('ZREM', KEYS[1], ARGV[1]) redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
return redis.call('ZCARD', KEYS[1])`;

export function createDetectionQueue(options: {
  readonly url: string;
  /** See `queueName`. */
  readonly name: string;
  /** Most pictures that wait. */
  readonly limit: number;
  readonly logger: Logger;
}): DetectionQueue {
  const { url, name, limit, logger } = options;
  // It waits for Redis by itself; how long a caller does is decided here.
  const redis = connectRedis(url, { waits: true, logger });
  const trouble = (error: Error) => logger.debug('the queue was not reached', { error: redisErrorText(error, url) });

  let awaySince: number | undefined = performance.now();
  /** Callers that wait for its return. */
  const returning = new Set<() => void>();
  redis.on('ready', () => {
    awaySince = undefined;
    for (const begin of returning) begin();
    returning.clear();
  });
  redis.on('close', () => {
    awaySince ??= performance.now();
  });

  /** Runs a command once Redis is there, and not for longer than a caller waits. Who comes late in an outage waits less. */
  const reach = async <T>(command: () => Promise<T>): Promise<T> => {
    const ends = new AbortController();
    const within = async (ms: number): Promise<never> => {
      await pause(Math.max(0, ms), undefined, { signal: ends.signal });
      throw away();
    };
    try {
      if (redis.status !== 'ready') {
        const left = REACH_MS - (performance.now() - (awaySince ?? performance.now()));
        await Promise.race([becomesReady(ends.signal), within(left)]);
      }
      return await Promise.race([
        command().catch((error: unknown) => {
          throw redis.status === 'ready' && !isConnectionTrouble(error) ? error : away();
        }),
        within(REACH_MS),
      ]);
    } finally {
      ends.abort();
    }
  };
  const becomesReady = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const begin = () => resolve();
      returning.add(begin);
      signal.addEventListener('abort', () => returning.delete(begin), { once: true });
    });

  /** Who is to be woken, by answer. */
  const sleepers = new Map<string, Set<() => void>>();
  const wake = (answer: string) => {
    for (const sleeper of sleepers.get(answer) ?? []) sleeper();
  };
  const rate = createRate();
  const ended = ({ jobId }: { readonly jobId: string }) => {
    rate.note();
    wake(jobId);
  };
  const openLine = (caller: CallerKind) => {
    const ofLine = { connection: redis, prefix: QUEUE_PREFIX };
    const queue = new Queue<unknown>(lineName(name, caller), { ...ofLine, streams: { events: { maxLen: 10_000 } } });
    const events = new QueueEvents(lineName(name, caller), ofLine);
    queue.on('error', trouble);
    events.on('error', trouble);
    events.on('completed', ended);
    events.on('failed', ended);
    events.on('removed', ({ jobId }) => wake(jobId));
    return { caller, queue, events };
  };
  const lines = CALLER_KINDS.map(openLine);

  const replica = randomUUID();
  let awaits = 0;
  /** Keys of what this replica awaits, by its part in it. */
  const awaited = new Map<string, string>();
  const note = (member: string, key: string) => redis.eval(AWAIT, 1, key, member, AWAITED_MS);
  const renewing = setInterval(() => {
    // While Redis is away nobody else can withdraw anything either.
    if (redis.status !== 'ready') return;
    for (const [member, key] of awaited) note(member, key).catch(trouble);
  }, RENEW_EVERY_MS);
  renewing.unref();

  let adding: Promise<unknown> = Promise.resolve();
  /** One at a time, so that a burst does not pass the limit between a count and what it allows. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = adding.then(work, work);
    adding = turn.catch(() => {});
    return turn;
  };

  const waiting = async () => {
    const counts = await reach(() => Promise.all(lines.map(({ queue }) => queue.getWaitingCount())));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const lineOf = ({ caller, queue }: (typeof lines)[number]): DetectionLine => {
    const awaitedKey = (answer: string) => `${QUEUE_PREFIX}-awaited:${queue.name}:${answer}`;
    const others = lines.filter((line) => line.caller !== caller);
    /** Whether a worker has this picture for somebody else: BullMQ keeps a lock for as long. */
    const isWithAnother = async (answer: string): Promise<boolean> =>
      (await reach(() => redis.exists(...others.map((line) => line.queue.toKey(`${answer}:lock`))))) > 0;
    return {
      await: async (answer) => {
        awaits += 1;
        const member = `${replica} ${awaits}`;
        const key = awaitedKey(answer);
        let isAwake = false;
        let rise = () => {};
        const sleeper = () => {
          isAwake = true;
          rise();
        };
        sleepers.set(answer, (sleepers.get(answer) ?? new Set()).add(sleeper));
        const end = () => {
          awaited.delete(member);
          const left = sleepers.get(answer);
          left?.delete(sleeper);
          if (left?.size === 0) sleepers.delete(answer);
        };
        try {
          await reach(() => note(member, key));
        } catch (error) {
          end();
          throw error;
        }
        awaited.set(member, key);
        return {
          next: async (ms) => {
            if (!isAwake) {
              const ends = new AbortController();
              const woken = new Promise<void>((resolve) => {
                rise = resolve;
              });
              await Promise.race([woken, pause(ms, undefined, { signal: ends.signal }).catch(() => {})]);
              ends.abort();
            }
            isAwake = false;
          },
          leave: async () => {
            end();
            return Number(await reach(() => redis.eval(LEAVE, 1, key, member)));
          },
          handOn: end,
        };
      },
      standing: async (answer) => {
        const job = await reach(() => queue.getJob(answer));
        if (job === undefined || job === null) return { at: (await isWithAnother(answer)) ? 'other-line' : 'none' };
        if (job.finishedOn !== undefined && job.failedReason !== undefined && job.failedReason !== null) {
          return { at: 'failed', failure: readFailure(job.failedReason), ageMs: Date.now() - job.finishedOn };
        }
        const data = detectionJob.safeParse(job.data);
        return { at: 'queue', picture: data.success ? data.data.picture : '' };
      },
      add: (job) =>
        inTurn(async () => {
          const before = await waiting();
          if (before >= Math.ceil(limit * ROOM_FOR[caller])) {
            return err({ code: 'queue-full', retryAfterSeconds: rate.secondsFor(before) } as const);
          }
          await reach(() =>
            queue.add(JOB_NAME, job, {
              jobId: job.answer,
              attempts: 1,
              removeOnComplete: true,
              removeOnFail: { age: FAILED_KEPT_S },
              stackTraceLimit: 0,
            }),
          );
          return ok('added' as const);
        }),
      withdraw: async (answer) => (await reach(() => queue.remove(answer))) === 1,
    };
  };
  const byCaller = new Map(lines.map((line) => [line.caller, lineOf(line)]));

  return {
    tryReaching: async () => {
      await reach(() => redis.ping());
    },
    backlog: () => reach(() => backlogOf(lines.map(({ queue }) => queue))),
    line: (caller) => {
      const found = byCaller.get(caller);
      if (found === undefined) throw new Error(`Nobody calls as ${caller}`);
      return found;
    },
    close: async () => {
      clearInterval(renewing);
      // Without Redis there is nothing to take leave of.
      redis.disconnect();
      await Promise.allSettled(lines.flatMap(({ queue, events }) => [events.close(), queue.close()]));
    },
  };
}

/** Whether a command failed for want of a connection. */
const isConnectionTrouble = (error: unknown): boolean =>
  error instanceof Error &&
  /Connection is closed|ECONN|EPIPE|ETIMEDOUT|timed out|^LOADING|^READONLY/.test(error.message);
