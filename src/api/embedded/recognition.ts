import type { Backlog, Detector } from '#detector/detector.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { CallContext, EngineFailure } from '../engine.ts';
import type { StoredKey } from '../files/stored-name.ts';
import type { FileStore } from '../files/stores.ts';
import { createPlaces } from '../places.ts';
import { createSingleFlight } from '../single-flight.ts';
import { createAnswers, type Recognized } from './answers.ts';
import type { StoppedPictures } from './stopped-pictures.ts';

/**
 * Pictures with the detector at once: two that it works on, and the next. Only these are in memory; what waits behind
 * them is read when its turn comes. One place is nobody's who comes with a stranger's bearer.
 */
export const AT_DETECTOR = { all: 3, most: { session: 3, 'configured-bearer': 3, 'strangers-bearer': 2 } } as const;
/** Most pictures of each kind of caller that wait. */
const LONGEST_LINE = 64;

export type RecognitionOutcome = Result<Recognized, EngineFailure>;

/** A picture whose faces are asked for. */
export type AskedPicture = {
  /** The store's digest of its bytes. */
  readonly digest: string;
  /** Its bytes when they are needed; undefined when the file went away meanwhile. */
  load(): Promise<Uint8Array | undefined>;
  /** By which another process of this store may read them; undefined where this one alone has them, as of a link. */
  readonly key: StoredKey | undefined;
};

export type RecognitionCall = Pick<CallContext, 'caller' | 'signal'> & {
  /** Notes whose the stored files are, also when the caller has left by then. */
  readonly keep?: (names: readonly string[]) => Promise<void>;
};

/**
 * Finds the faces of a picture, once per content: in this process (`createLocalRecognition`), or by workers behind a queue
 * (`server/cluster/queued-recognition.ts`). Both pass one suite.
 */
export type Recognition = {
  recognize(picture: AskedPicture, call: RecognitionCall): Promise<RecognitionOutcome>;
  /** Gives back what waits for its turn, and what comes from now on, as `restarting`; what is worked on is finished. */
  drain(): void;
  close(): Promise<void>;
};

/** One that detects in this process. */
export type LocalRecognition = Recognition & {
  /** What waits for the detector now: for a place with it, and at the detector itself. */
  backlog(): Backlog;
};

/**
 * Detects in this process. A result whose crops are gone, or of another size than they were written with, is worked out
 * again. Equal pictures that come at once are detected once. What waits for the detector is shared out by kind of caller,
 * and leaves the line with its caller; what the detector has is finished and remembered for whoever asks next.
 */
export function createLocalRecognition(options: {
  readonly detector: Detector;
  readonly files: FileStore;
  /** Pictures that stopped what checked them or the detector. */
  readonly stopped: StoppedPictures;
  /** Changes whenever the same picture could get another answer. */
  readonly detectorVersion: string;
}): LocalRecognition {
  const { detector, stopped } = options;
  const answers = createAnswers(options);
  const flights = createSingleFlight<RecognitionOutcome>();
  const places = createPlaces({ ...AT_DETECTOR, line: LONGEST_LINE });
  /** Pictures that the detector has, by the digest of their answer. */
  const detecting = new Map<string, Promise<RecognitionOutcome>>();

  const detect = async (bytes: Uint8Array, contentDigest: string, answer: string): Promise<RecognitionOutcome> => {
    const outcome = await detector.detect(bytes, new AbortController().signal);
    if (outcome.ok) return answers.keep(answer, outcome.value);
    const { error } = outcome;
    return error.code === 'picture-stopped'
      ? err({ ...error, retryAfterSeconds: stopped.remember(contentDigest) })
      : err(error);
  };

  /** What is known of a picture without a place at the detector; undefined when that has to look. */
  const withoutPlace = async (contentDigest: string, answer: string): Promise<RecognitionOutcome | undefined> => {
    const known = await answers.find(answer);
    if (known !== undefined) return ok(known);
    const retryAfterSeconds = stopped.secondsLeft(contentDigest);
    if (retryAfterSeconds !== undefined) return err({ code: 'picture-stopped', retryAfterSeconds });
    return detecting.get(answer);
  };

  return {
    recognize: async ({ digest: contentDigest, load }, { caller, signal, keep }) => {
      const answer = await answers.digestFor(contentDigest);
      // Each kind of caller by itself: who joined a stranger would wait in the stranger's line.
      const outcome = await flights.run(`${caller} ${answer}`, signal, async (flightSignal) => {
        const known = await withoutPlace(contentDigest, answer);
        if (known !== undefined) return known;
        const place = await places.take(caller, flightSignal).catch(() => undefined);
        if (place === undefined) return err({ code: 'cancelled' });
        if (!place.ok) return place;
        // Another kind of caller may have had it detected meanwhile.
        const begun = withoutPlace(contentDigest, answer).then((knownByNow) => {
          const joined = knownByNow ?? detecting.get(answer);
          if (joined !== undefined) return joined;
          const work = (async () => {
            const bytes = await load();
            if (bytes === undefined) return err({ code: 'file-gone' } as const);
            const found = await detect(bytes, contentDigest, answer);
            if (found.ok) await keep?.(found.value.files);
            return found;
          })().finally(() => detecting.delete(answer));
          detecting.set(answer, work);
          return work;
        });
        return begun.finally(place.value);
      });
      return outcome ?? err({ code: 'cancelled' });
    },
    backlog: () => {
      const line = places.line();
      const atDetector = detector.backlog?.() ?? { waiting: 0, oldestMs: 0 };
      return {
        waiting: line.waiting + atDetector.waiting,
        oldestMs: Math.max(line.oldestMs, atDetector.oldestMs),
      };
    },
    drain: () => {
      places.drain();
      detector.drain();
    },
    close: () => detector.close(),
  };
}
