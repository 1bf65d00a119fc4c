import { AwayError } from '#api/away.ts';
import { createAnswers } from '#api/embedded/answers.ts';
import type { AskedPicture, Recognition, RecognitionCall, RecognitionOutcome } from '#api/embedded/recognition.ts';
import type { StoppedPictures } from '#api/embedded/stopped-pictures.ts';
import type { EngineFailure } from '#api/engine.ts';
import { newLentName } from '#api/files/stored-name.ts';
import type { FileStore } from '#api/files/stores.ts';
import { createSingleFlight } from '#api/single-flight.ts';
import { errorText } from '#shared/error-text.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Logger } from '../log.ts';
import { type DetectionLine, type DetectionQueue, FAILED_KEPT_S } from './detection-queue.ts';
import { removeLent } from './lent-pictures.ts';

/** How often a job is looked at of which nothing was heard, in milliseconds: what Redis lost is added again. */
const LOOK_EVERY_MS = 2_000;
/** How long a job that is under way may be out of sight, in milliseconds: Redis starts anew within that. */
const OUT_OF_SIGHT_MS = 15_000;
/** How often a job may end without an answer in the store, as when its crops are swept at once. */
const MOST_ROUNDS = 5;
/** How long an answer is awaited that nobody waits for any more, in milliseconds: to note whose its files are. */
const AFTERWARDS_MS = 60_000;

/**
 * Has workers detect, by way of a queue. The answer in the store is the truth: the queue only says "look now", may lose
 * what it knows, and is told again. Equal pictures are one job, whichever replica asks; each kind of caller has a line of
 * its own, and waits for what a worker has for another kind. What waits leaves with the last caller of any replica; what a
 * worker has is finished and remembered for whoever asks next.
 */
export function createQueuedRecognition(options: {
  readonly queue: DetectionQueue;
  readonly files: FileStore;
  readonly stopped: StoppedPictures;
  /** Changes whenever the same picture could get another answer. */
  readonly detectorVersion: string;
  readonly logger: Pick<Logger, 'warn'>;
}): Recognition {
  const { queue, files, stopped, logger } = options;
  const answers = createAnswers(options);
  const flights = createSingleFlight<RecognitionOutcome>();
  const draining = new AbortController();

  const known = async (answer: string): Promise<RecognitionOutcome | undefined> => {
    const found = await answers.find(answer);
    return found === undefined ? undefined : ok(found);
  };

  /** A picture that workers can read; one that only this process has is lent to them under a name of its own. */
  const lend = async (picture: AskedPicture): Promise<Result<string, EngineFailure>> => {
    const bytes = await picture.load();
    if (bytes === undefined) return err({ code: 'file-gone' });
    const name = newLentName();
    const digits = name.slice(0, name.indexOf('.'));
    const put = await files.put(bytes, 'bin', digits);
    return put.ok ? ok(put.value) : err({ code: 'storage-full' });
  };

  /** Runs a look at the queue; undefined while Redis may still come back for a job that is under way. */
  const patient = () => {
    let lastSeen = performance.now();
    return async <T>(look: () => Promise<T>): Promise<T | undefined> => {
      try {
        const seen = await look();
        lastSeen = performance.now();
        return seen;
      } catch (error) {
        if (!(error instanceof AwayError) || performance.now() - lastSeen > OUT_OF_SIGHT_MS) throw error;
        return undefined;
      }
    };
  };

  /** Awaits an answer, which was just found missing, until it is there or nobody asks for it any more. */
  const detect = async (
    picture: AskedPicture,
    answer: string,
    { caller, signal, keep }: RecognitionCall,
  ): Promise<RecognitionOutcome> => {
    const isOver = AbortSignal.any([signal, draining.signal]);
    const line = queue.line(caller);
    const awaiting = await line.await(answer);
    const overIsHeard = new Promise<void>((resolve) =>
      isOver.addEventListener('abort', () => resolve(), { once: true }),
    );
    const patiently = patient();
    let lent: string | undefined;
    /** Whether the job may still be about what was lent. */
    let lentIsNeeded = false;
    /** Whether this call has waited for the job: then a failure of it is this call's. */
    let hasWaited = false;
    let rounds = 0;

    const add = async (): Promise<RecognitionOutcome | undefined> => {
      if (picture.key === undefined && lent === undefined) {
        const name = await lend(picture);
        if (!name.ok) return name;
        lent = name.value;
      }
      const added = await line.add({ picture: picture.key ?? lent ?? '', answer });
      rounds += 1;
      return added.ok ? undefined : added;
    };
    const look = async (): Promise<RecognitionOutcome | undefined> => {
      const standing = await line.standing(answer);
      switch (standing.at) {
        case 'queue':
        case 'other-line':
          return undefined;
        case 'none': {
          const found = hasWaited ? await known(answer) : undefined;
          if (found !== undefined) return found;
          return rounds === MOST_ROUNDS ? err({ code: 'interrupted' }) : add();
        }
        case 'failed': {
          // Another one's copy may have gone, with its caller or with a wipe, and this one's be there.
          const isOfAnother = standing.failure.code === 'file-gone' && rounds < 2;
          const isOld = !hasWaited && standing.ageMs > FAILED_KEPT_S * 1000;
          if (!isOfAnother && !isOld) return err(standing.failure);
          await line.withdraw(answer);
          return add();
        }
      }
    };

    try {
      while (!isOver.aborted) {
        const outcome = await (hasWaited ? patiently(look) : look());
        if (outcome !== undefined) {
          awaiting.leave().catch(() => {});
          return outcome;
        }
        hasWaited = true;
        await Promise.race([awaiting.next(LOOK_EVERY_MS), overIsHeard]);
      }
      lentIsNeeded = true;
      if (draining.signal.aborted) return err({ code: 'restarting' });
      const others = await awaiting.leave();
      const standing = await line.standing(answer);
      const isWithdrawn = others === 0 && standing.at !== 'other-line' && (await line.withdraw(answer));
      // What was lent for it, by whichever replica, goes with it.
      if (standing.at === 'queue' && isWithdrawn) await removeLent(files, standing.picture);
      // A worker has it, or had it until a moment ago, perhaps since it was looked at: what it stores is the caller's.
      if (others === 0 && standing.at !== 'failed') void noteAfterwards(line, answer, keep);
      lentIsNeeded = !isWithdrawn && standing.at === 'queue' && standing.picture === lent;
      return err({ code: 'cancelled' });
    } finally {
      awaiting.handOn();
      if (lent !== undefined && !lentIsNeeded) await removeLent(files, lent);
    }
  };

  /** Waits for what a worker has, for its caller who has left. */
  const noteAfterwards = async (line: DetectionLine, answer: string, keep: RecognitionCall['keep']): Promise<void> => {
    const until = performance.now() + AFTERWARDS_MS;
    try {
      const awaiting = await line.await(answer);
      while (!draining.signal.aborted && performance.now() < until) {
        const { at } = await line.standing(answer);
        if (at !== 'queue' && at !== 'other-line') break;
        await awaiting.next(LOOK_EVERY_MS);
      }
      await awaiting.leave();
      const found = await answers.find(answer);
      if (found !== undefined) await keep?.(found.files);
    } catch (error) {
      logger.warn('whose the files of an answer are was not noted', { error: errorText(error) });
    }
  };

  return {
    recognize: async (picture, { caller, signal, keep }) => {
      const answer = await answers.digestFor(picture.digest);
      // Each kind of caller by itself: a stranger's place in the queue is nobody else's.
      const outcome = await flights.run(`${caller} ${answer}`, signal, async (flightSignal) => {
        const found = await known(answer);
        if (found !== undefined) return found;
        if (draining.signal.aborted) return err({ code: 'restarting' });
        const retryAfterSeconds = stopped.secondsLeft(picture.digest);
        if (retryAfterSeconds !== undefined) return err({ code: 'picture-stopped', retryAfterSeconds });
        const seen = await detect(picture, answer, {
          caller,
          signal: flightSignal,
          ...(keep === undefined ? {} : { keep }),
        });
        if (!seen.ok && seen.error.code === 'picture-stopped') stopped.remember(picture.digest);
        return seen;
      });
      return outcome ?? err({ code: 'cancelled' });
    },
    drain: () => draining.abort(),
    close: () => queue.close(),
  };
}
