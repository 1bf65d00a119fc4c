import { z } from 'zod';
import type { RecognitionOutcome } from '#api/embedded/recognition.ts';
import type { CallerKind, EngineFailure } from '#api/engine.ts';
import { namesBytes } from '#api/files/stored-name.ts';
import { asJson } from '#shared/lenient.ts';

/** Name of every job, as BullMQ shows it. */
export const JOB_NAME = 'detect';

/**
 * A look at a picture. Names alone: what lies in Redis is no picture, and says nothing to who does not have the store.
 * Whatever comes from there is read as a stranger's, so that no name becomes a path that is none of the store's.
 */
export const detectionJob = z.strictObject({
  /** Where the picture lies in the store. */
  picture: z.string().max(80).refine(namesBytes),
  /** The digest under which the answer will lie there. It is the job's id as well, so that equal pictures are one job. */
  answer: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DetectionJob = z.infer<typeof detectionJob>;

const reason = z.string().max(500);

/** Why a worker could not answer: those of `EngineFailure` that are about the picture or about the worker's means. */
const lookFailure = z.discriminatedUnion('code', [
  z.object({ code: z.literal('unreadable-picture'), reason }),
  z.object({ code: z.literal('picture-too-large'), reason }),
  z.object({ code: z.literal('picture-unsafe'), reason }),
  z.object({ code: z.literal('picture-stopped'), retryAfterSeconds: z.int().min(1).max(3600) }),
  z.object({ code: z.literal('detector-failed'), reason }),
  z.object({ code: z.literal('interrupted') }),
  z.object({ code: z.literal('file-gone') }),
  z.object({ code: z.literal('storage-full') }),
]);
export type LookFailure = z.infer<typeof lookFailure> & EngineFailure;

/** A failure as it travels. */
export const writeFailure = (failure: LookFailure): string => JSON.stringify(failure);

/**
 * Reads what `writeFailure` made. Anything else is BullMQ's own word for a job whose workers went down each time:
 * `interrupted`.
 */
export function readFailure(text: string): LookFailure {
  const parsed = lookFailure.safeParse(asJson(text));
  return parsed.success ? parsed.data : { code: 'interrupted' };
}

/** What a worker says of a picture; undefined where it is about this worker alone, so that another one has to look. */
export function tellable(outcome: RecognitionOutcome): 'found' | LookFailure | undefined {
  if (outcome.ok) return 'found';
  const parsed = lookFailure.safeParse(outcome.error);
  return parsed.success ? parsed.data : undefined;
}

/**
 * A queue's name. It has the name of the pipeline, for a person, and digits of its version and of the store's secret:
 * two versions of the detector, and two installations on one Redis, never take each other's pictures.
 */
export async function queueName(
  detectorVersion: string,
  digest: (bytes: Uint8Array) => Promise<string>,
): Promise<string> {
  const pipeline = (detectorVersion.split(' ', 1)[0] ?? '').replace(/[^\w.-]/g, '-').slice(0, 40);
  const mark = await digest(new TextEncoder().encode(`queue\0${detectorVersion}`));
  return `faces-${pipeline}-${mark.slice(0, 16)}`;
}

/** A queue's line for one kind of caller, by which BullMQ knows it. */
export const lineName = (queue: string, caller: CallerKind): string => `${queue}-${caller}`;

/** Begins every key that BullMQ has for us. */
export const QUEUE_PREFIX = 'facebound';
