import { setTimeout as pause } from 'node:timers/promises';
import { type Job, Queue, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import { AwayError } from '#api/away.ts';
import { createAnswers } from '#api/embedded/answers.ts';
import { type AskedPicture, AT_DETECTOR, type Recognition } from '#api/embedded/recognition.ts';
import { CALLER_KINDS, type CallerKind } from '#api/engine.ts';
import { isLentName, readStoredKey, type StoredKey } from '#api/files/stored-name.ts';
import type { FileStore } from '#api/files/stores.ts';
import type { Backlog, DetectorState } from '#detector/detector.ts';
import { errorText } from '#shared/error-text.ts';
import type { Logger } from '../log.ts';
import { type DetectionJob, detectionJob, lineName, QUEUE_PREFIX, tellable, writeFailure } from './detection-job.ts';
import { FAILED_KEPT_S } from './detection-queue.ts';
import { removeLent } from './lent-pictures.ts';
import { backlogOf } from './line-backlog.ts';
import { connectRedis } from './redis.ts';
import { redisErrorText } from './redis-address.ts';

/** A worker that does not renew its hold on a job for so long has lost it, in milliseconds. */
const LOCK_MS = 10_000;
/** How often lost jobs are looked for, by any worker, in milliseconds. */
const STALLED_EVERY_MS = 5_000;
/** How often a job may be lost with its worker before it is given up. */
const MOST_STALLS = 2;
/** How often a command that failed is tried again, in milliseconds. */
const RETRY_MS = 1_000;
/** How often a worker looks whether what it lacks is back, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

export type DetectionWorker = {
  /** What waits in the queue for whichever worker; rejects when Redis is away. */
  backlog(): Promise<Backlog>;
  /** Takes nothing more; resolves when what it has is finished. */
  close(): Promise<void>;
};

/**
 * Takes pictures from the queue's lines and has them detected in this process. Of each line it takes no more than that kind
 * of caller may have with the detector; there they get their turns (`createLocalRecognition`), so that however long a line
 * is, the others go on beside it. What is found is stored before the job ends, so a job that is taken twice, because its
 * worker went down or was held up, gives the same answer.
 */
export function startDetectionWorker(options: {
  readonly url: string;
  /** See `queueName`. */
  readonly name: string;
  readonly recognition: Recognition;
  readonly detectorState: () => DetectorState;
  readonly files: FileStore;
  readonly detectorVersion: string;
  readonly logger: Logger;
}): DetectionWorker {
  const { url, recognition, files, logger } = options;
  const answers = createAnswers(options);
  const redis = connectRedis(url, { waits: true, logger });
  const trouble = (error: Error) => logger.debug('the queue was not reached', { error: redisErrorText(error, url) });

  /** Looks whether the detector is back, while it is not: meanwhile what a wait for pictures still brings is given back. */
  let watch: ReturnType<typeof setInterval> | undefined;
  const work = async (caller: CallerKind, job: Job<unknown>, token: string | undefined): Promise<void> => {
    const parsed = detectionJob.safeParse(job.data);
    if (!parsed.success || job.id !== parsed.data.answer) {
      logger.warn('the queue holds something that is no picture of ours');
      throw new UnrecoverableError(writeFailure({ code: 'file-gone' }));
    }
    const told =
      watch !== undefined ? undefined : await look(caller, parsed.data).catch((error: unknown) => lookFailed(error));
    if (told === 'found') return;
    if (told !== undefined) throw new UnrecoverableError(writeFailure(told));
    // It is about this worker: another one takes it.
    await job.moveToWait(token ?? '');
    throw new WaitingError();
  };

  /** What becomes of a look that broke off: what passes by itself is tried again, and Redis is told nothing of this machine. */
  const lookFailed = async (error: unknown): Promise<ReturnType<typeof tellable>> => {
    if (error instanceof AwayError) {
      await pause(LOOK_EVERY_MS);
      return undefined;
    }
    logger.error('a picture of the queue was not looked at', { error: errorText(error) });
    return { code: 'interrupted' };
  };

  const look = async (
    caller: CallerKind,
    { picture: key, answer }: DetectionJob,
  ): Promise<ReturnType<typeof tellable>> => {
    if ((await answers.find(answer)) !== undefined) return 'found';
    const picture = await pictureBehind(files, key);
    // Of another content than was asked for: nothing is written under a name that only Redis told.
    if (picture === undefined || (await answers.digestFor(picture.digest)) !== answer) return { code: 'file-gone' };
    const outcome = await recognition.recognize(picture, { caller, signal: new AbortController().signal });
    if (!outcome.ok && outcome.error.code === 'detector-failed' && options.detectorState() === 'failing') {
      rest();
      return undefined;
    }
    return tellable(outcome);
  };

  const workers = CALLER_KINDS.map((caller) => {
    const worker = new Worker<unknown>(
      lineName(options.name, caller),
      (job: Job<unknown>, token: string | undefined) => work(caller, job, token),
      {
        connection: redis,
        prefix: QUEUE_PREFIX,
        // More would wait here instead of elsewhere.
        concurrency: AT_DETECTOR.most[caller],
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_EVERY_MS,
        maxStalledCount: MOST_STALLS,
        removeOnComplete: { count: 0 },
        removeOnFail: { age: FAILED_KEPT_S },
        runRetryDelay: RETRY_MS,
      },
    );
    worker.on('error', trouble);
    return worker;
  });
  // After the job, so that a worker that goes down in between leaves the next one something to look at.
  const letGo = (job: Job<unknown> | undefined) => {
    const parsed = detectionJob.safeParse(job?.data);
    if (!parsed.success) return;
    removeLent(files, parsed.data.picture).catch((error: unknown) =>
      logger.warn('a picture that was lent is still there', { error: errorText(error) }),
    );
  };
  for (const worker of workers) worker.on('completed', letGo).on('failed', letGo);

  /** Takes nothing until the detector is back: a worker that fails at once would empty the queue. */
  const rest = () => {
    if (watch !== undefined) return;
    logger.warn('takes no pictures until its detector is back');
    for (const worker of workers) void worker.pause(true);
    watch = setInterval(() => {
      if (options.detectorState() !== 'ready') return;
      clearInterval(watch);
      watch = undefined;
      for (const worker of workers) void worker.resume();
    }, LOOK_EVERY_MS);
  };

  /** The lines as they are looked at; opened for whoever looks first. */
  let lines: readonly Queue<unknown>[] | undefined;
  const openLines = () =>
    CALLER_KINDS.map((caller) => {
      const line = new Queue<unknown>(lineName(options.name, caller), { connection: redis, prefix: QUEUE_PREFIX });
      line.on('error', trouble);
      return line;
    });

  return {
    backlog: () => {
      lines ??= openLines();
      return backlogOf(lines);
    },
    close: async () => {
      clearInterval(watch);
      await Promise.all(workers.map((worker) => worker.close()));
      redis.disconnect();
      await Promise.allSettled((lines ?? []).map((line) => line.close()));
    },
  };
}

/** The stored picture that a job names; undefined when it is none, or gone. */
async function pictureBehind(files: FileStore, key: StoredKey): Promise<AskedPicture | undefined> {
  const load = () => files.read(key);
  if (!isLentName(key)) {
    // Named by its content, which the store made sure of when it was written.
    const name = readStoredKey(key)?.name ?? '';
    return { digest: name.slice(0, name.indexOf('.')), load, key };
  }
  const bytes = await load();
  return bytes === undefined ? undefined : { digest: await files.digest(bytes), load: async () => bytes, key };
}
