import type { DetectionOutcome } from '#detector/detection.ts';
import { asJson } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { type StoredDetection, storedDetection } from '../detection-reply.ts';
import type { FileStore } from '../files/stores.ts';

/** What was found, and the names of the stored files that hold it: the answer itself and its crops. */
export type Recognized = { readonly detection: StoredDetection; readonly files: readonly string[] };

/**
 * What was found in pictures, in the store: beside the crops that they name, under a digest of the picture's digest and
 * the detector's version, so that every process and later starts give the same answer.
 */
export type Answers = {
  /** The digest of a picture's answer, by the store's digest of the picture. */
  digestFor(contentDigest: string): Promise<string>;
  /** Undefined when there is none, or its crops are gone or of another size than they were written with. */
  find(answerDigest: string): Promise<Recognized | undefined>;
  keep(answerDigest: string, outcome: DetectionOutcome): Promise<Result<Recognized, { readonly code: 'storage-full' }>>;
};

export function createAnswers({
  files,
  detectorVersion,
}: {
  readonly files: Pick<FileStore, 'digest' | 'read' | 'renew' | 'put'>;
  /** Changes whenever the same picture could get another answer. */
  readonly detectorVersion: string;
}): Answers {
  return {
    digestFor: (contentDigest) => files.digest(utf8(`detection\0${detectorVersion}\0${contentDigest}`)),
    find: async (answerDigest) => {
      const bytes = await files.read(answerName(answerDigest));
      if (bytes === undefined) return undefined;
      const parsed = storedDetection.safeParse(asJson(new TextDecoder().decode(bytes)));
      if (!parsed.success) return undefined;
      const stored = filesOf(answerDigest, parsed.data);
      return (await files.renew(stored, sizesOf(parsed.data))) ? { detection: parsed.data, files: stored } : undefined;
    },
    keep: async (answerDigest, { width, height, faces: found }) => {
      const crops: { readonly bytes: Uint8Array; readonly digest: string }[] = [];
      const keep = async (bytes: Uint8Array): Promise<string> => {
        const digest = await files.digest(bytes);
        crops.push({ bytes, digest });
        return `${digest}.jpg`;
      };
      const faces: StoredDetection['faces'] = [];
      for (const { bound, score, pose, crop, feature } of found) {
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
        files.put(utf8(JSON.stringify(detection)), 'json', answerDigest),
        ...crops.map(({ bytes, digest }) => files.put(bytes, 'jpg', digest)),
      ]);
      if (written.some((file) => !file.ok)) return err({ code: 'storage-full' });
      return ok({ detection, files: filesOf(answerDigest, detection) });
    },
  };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const answerName = (answerDigest: string): string => `${answerDigest}.json`;
const filesOf = (answerDigest: string, { faces }: StoredDetection): readonly string[] => [
  answerName(answerDigest),
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
