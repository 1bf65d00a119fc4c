import { err, ok, type Result } from '#domain/result.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { EngineFailure } from '../engine.ts';
import { createSingleFlight } from '../single-flight.ts';
import { type StoredDetection, storedDetection } from './detection-reply.ts';
import type { Detector } from './detector/detector.ts';

type Outcome = Result<StoredDetection, EngineFailure>;

/** Finds the faces of a picture, once per content. */
export type Recognition = {
  /**
   * `contentDigest` is the store's digest of the picture; `load` gives its bytes when they are needed, undefined when
   * the file went away meanwhile.
   */
  recognize(contentDigest: string, load: () => Promise<Uint8Array | undefined>, signal: AbortSignal): Promise<Outcome>;
};

/**
 * Results are remembered in the store beside the crops that they name, under a digest of the picture's digest and the
 * detector's version, so that replicas and later starts give the same answer. A result whose crops are gone is worked
 * out again. Equal pictures that come at once are detected once.
 */
export function createRecognition(options: {
  readonly detector: Detector;
  readonly files: FileStore;
  /** Changes whenever the same picture could get another answer. */
  readonly detectorVersion: string;
}): Recognition {
  const { detector, files } = options;
  const flights = createSingleFlight<Outcome>();

  const remembered = async (resultDigest: string): Promise<StoredDetection | undefined> => {
    const name = `${resultDigest}.json`;
    const bytes = await files.read(name);
    if (bytes === undefined) return undefined;
    const parsed = storedDetection.safeParse(parseJson(bytes));
    if (!parsed.success) return undefined;
    const crops = parsed.data.faces.flatMap(({ crop, feature }) => [crop, feature]);
    return (await files.renew([name, ...crops])) ? parsed.data : undefined;
  };

  const detect = async (bytes: Uint8Array, resultDigest: string, signal: AbortSignal): Promise<Outcome> => {
    const outcome = await detector.detect(bytes, signal);
    if (!outcome.ok) return outcome;
    const faces: StoredDetection['faces'] = [];
    for (const face of outcome.value.faces) {
      const crop = await files.put(face.crop, 'jpg');
      const feature = await files.put(face.feature, 'jpg');
      if (!crop.ok || !feature.ok) return err({ code: 'storage-full' });
      faces.push({ bound: face.bound, crop: crop.value, feature: feature.value });
    }
    const detection: StoredDetection = { width: outcome.value.width, height: outcome.value.height, faces };
    await files.put(Buffer.from(JSON.stringify(detection)), 'json', resultDigest);
    return ok(detection);
  };

  return {
    recognize: async (contentDigest, load, signal) => {
      const resultDigest = files.digest(Buffer.from(`detection\0${options.detectorVersion}\0${contentDigest}`));
      const outcome = await flights.run(resultDigest, signal, async (flightSignal) => {
        const known = await remembered(resultDigest);
        if (known !== undefined) return ok(known);
        const bytes = await load();
        if (bytes === undefined) return err({ code: 'file-gone' });
        return detect(bytes, resultDigest, flightSignal);
      });
      return outcome ?? err({ code: 'cancelled' });
    },
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
