import type { Detector } from '#detector/detector.ts';
import { asJson } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { type StoredDetection, storedDetection } from '../detection-reply.ts';
import type { CallContext, EngineFailure } from '../engine.ts';
import type { FileStore } from '../files/stores.ts';
import { createPlaces } from '../places.ts';
import { createSingleFlight } from '../single-flight.ts';
import type { StoppedPictures } from './stopped-pictures.ts';

/**
 * Pictures with the detector at once: two that it works on, and the next. Only these are in memory; what waits behind
 * them is read when its turn comes. One place is nobody's who comes with a stranger's bearer.
 */
const AT_DETECTOR = { all: 3, most: { session: 3, 'configured-bearer': 3, 'strangers-bearer': 2 } } as const;
/** Most pictures of each kind of caller that wait. */
const LONGEST_LINE = 64;

/** What was found, and the names of the stored files that hold it: the answer itself and its crops. */
type Recognized = {
  readonly detection: StoredDetection;
  readonly files: readonly string[];
  /** It was found just now, and other programs kept the detector waiting. */
  readonly isHeldUp?: true;
};
type Outcome = Result<Recognized, EngineFailure>;

/** Finds the faces of a picture, once per content. */
export type Recognition = {
  /**
   * `contentDigest` is the store's digest of the picture; `load` gives its bytes when they are needed, undefined when
   * the file went away meanwhile.
   */
  recognize(
    contentDigest: string,
    load: () => Promise<Uint8Array | undefined>,
    call: Pick<CallContext, 'caller' | 'signal'> & {
      /** Notes whose the stored files are, also when the caller has left by then. */
      readonly keep?: (names: readonly string[]) => Promise<void>;
    },
  ): Promise<Outcome>;
  /** Gives back what waits for the detector, and what comes from now on, as `restarting`. */
  drain(): void;
};

/**
 * Results are remembered in the store beside the crops that they name, under a digest of the picture's digest and the
 * detector's version, so that replicas and later starts give the same answer. A result whose crops are gone, or of
 * another size than they were written with, is worked out again. Equal pictures that come at once are detected once. What
 * waits for the detector is shared out by kind of caller, and leaves the line with its caller; what the detector has is
 * finished and remembered for whoever asks next.
 */
export function createRecognition(options: {
  readonly detector: Detector;
  readonly files: FileStore;
  readonly stopped: StoppedPictures;
  /** Changes whenever the same picture could get another answer. */
  readonly detectorVersion: string;
}): Recognition {
  const { detector, files, stopped } = options;
  const flights = createSingleFlight<Outcome>();
  const places = createPlaces({ ...AT_DETECTOR, line: LONGEST_LINE });
  /** Pictures that the detector has, by the digest of their answer. */
  const detecting = new Map<string, Promise<Outcome>>();

  const remembered = async (resultDigest: string): Promise<Recognized | undefined> => {
    const name = resultName(resultDigest);
    const bytes = await files.read(name);
    if (bytes === undefined) return undefined;
    const parsed = storedDetection.safeParse(asJson(new TextDecoder().decode(bytes)));
    if (!parsed.success) return undefined;
    const stored = filesOf(resultDigest, parsed.data);
    return (await files.renew(stored, sizesOf(parsed.data))) ? { detection: parsed.data, files: stored } : undefined;
  };

  const detect = async (bytes: Uint8Array, contentDigest: string, resultDigest: string): Promise<Outcome> => {
    const outcome = await detector.detect(bytes, new AbortController().signal);
    if (!outcome.ok) {
      const { error } = outcome;
      return error.code === 'picture-stopped'
        ? err({ ...error, retryAfterSeconds: stopped.remember(contentDigest) })
        : err(error);
    }
    const { width, height } = outcome.value;
    const crops: { readonly bytes: Uint8Array; readonly digest: string }[] = [];
    const keep = async (bytes: Uint8Array): Promise<string> => {
      const digest = await files.digest(bytes);
      crops.push({ bytes, digest });
      return `${digest}.jpg`;
    };
    const faces: StoredDetection['faces'] = [];
    for (const { bound, score, pose, crop, feature } of outcome.value.faces) {
      faces.push({
        bound,
        crop: await keep(crop),
        feature: await keep(feature),
        cropBytes: crop.byteLength,
        featureBytes: feature.byteLength,
        score,
        ...(pose === undefined ? {} : { pose }),
      });
    }
    const detection: StoredDetection = { width, height, faces };
    // All at once: whoever finds the result before its crops works it out again.
    const written = await Promise.all([
      files.put(utf8(JSON.stringify(detection)), 'json', resultDigest),
      ...crops.map(({ bytes, digest }) => files.put(bytes, 'jpg', digest)),
    ]);
    if (written.some((file) => !file.ok)) return err({ code: 'storage-full' });
    const { isHeldUp } = outcome.value;
    return ok({ detection, files: filesOf(resultDigest, detection), ...(isHeldUp === true && { isHeldUp }) });
  };

  /** What is known of a picture without a place at the detector; undefined when that has to look. */
  const withoutPlace = async (contentDigest: string, resultDigest: string): Promise<Outcome | undefined> => {
    const known = await remembered(resultDigest);
    if (known !== undefined) return ok(known);
    const retryAfterSeconds = stopped.secondsLeft(contentDigest);
    if (retryAfterSeconds !== undefined) return err({ code: 'picture-stopped', retryAfterSeconds });
    return detecting.get(resultDigest);
  };

  return {
    recognize: async (contentDigest, load, { caller, signal, keep }) => {
      const resultDigest = await files.digest(utf8(`detection\0${options.detectorVersion}\0${contentDigest}`));
      // Each kind of caller by itself: who joined a stranger would wait in the stranger's line.
      const outcome = await flights.run(`${caller} ${resultDigest}`, signal, async (flightSignal) => {
        const known = await withoutPlace(contentDigest, resultDigest);
        if (known !== undefined) return known;
        const place = await places.take(caller, flightSignal).catch(() => undefined);
        if (place === undefined) return err({ code: 'cancelled' });
        if (!place.ok) return place;
        // Another kind of caller may have had it detected meanwhile.
        const begun = withoutPlace(contentDigest, resultDigest).then((knownByNow) => {
          const joined = knownByNow ?? detecting.get(resultDigest);
          if (joined !== undefined) return joined;
          const work = (async () => {
            const bytes = await load();
            if (bytes === undefined) return err({ code: 'file-gone' } as const);
            const found = await detect(bytes, contentDigest, resultDigest);
            if (found.ok) await keep?.(found.value.files);
            return found;
          })().finally(() => detecting.delete(resultDigest));
          detecting.set(resultDigest, work);
          return work;
        });
        return begun.finally(place.value);
      });
      return outcome ?? err({ code: 'cancelled' });
    },
    drain: () => places.drain(),
  };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const resultName = (resultDigest: string): string => `${resultDigest}.json`;
const filesOf = (resultDigest: string, { faces }: StoredDetection): readonly string[] => [
  resultName(resultDigest),
  ...faces.flatMap(({ crop, feature }) => [crop, feature]),
];

/** Sizes of crops in bytes, by name, as far as the answer says them. */
const sizesOf = ({ faces }: StoredDetection): ReadonlyMap<string, number> =>
  new Map(
    faces
      .flatMap(({ crop, cropBytes, feature, featureBytes }) => [
        [crop, cropBytes] as const,
        [feature, featureBytes] as const,
      ])
      .flatMap(([name, bytes]) => (bytes === undefined ? [] : [[name, bytes] as const])),
  );
