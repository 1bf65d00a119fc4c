import { z } from 'zod';
import { faceBoundValue, facePoseValue } from '#contract/recognize-faces.ts';
import { DETECTION_STEPS } from '../detection.ts';

/** What the supervisor and its child say to each other. Bytes travel as they are (structured clone). */

/** Second argument of a child that tells by itself what it uses. */
export const REPORTS = 'reports';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const toChild = z.object({ type: z.literal('detect'), job: z.number(), picture: bytes });
export type ToChild = z.infer<typeof toChild>;

const outcome = z.object({
  width: z.number(),
  height: z.number(),
  faces: z.array(
    z.object({
      bound: faceBoundValue,
      score: z.number(),
      pose: z.optional(facePoseValue),
      crop: bytes,
      feature: bytes,
    }),
  ),
});
const failure = z.discriminatedUnion('code', [
  z.object({ code: z.literal('unreadable-picture'), reason: z.string() }),
  z.object({ code: z.literal('picture-too-large'), reason: z.string() }),
  z.object({ code: z.literal('picture-unsafe'), reason: z.string() }),
  z.object({ code: z.literal('detector-failed'), reason: z.string() }),
]);

/** Milliseconds by step; see `StepTimes`. */
const steps = z.partialRecord(z.enum(DETECTION_STEPS), z.number().nonnegative()).optional();

export const fromChild = z.discriminatedUnion('type', [
  /** The networks are loaded and warm. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('found'), job: z.number(), outcome, steps }),
  z.object({ type: z.literal('failed'), job: z.number(), failure, steps }),
  /** What it uses, told before and after each step; for a parent that cannot see it by itself. */
  z.object({ type: z.literal('usage'), usage: z.object({ processorMs: z.number(), residentBytes: z.number() }) }),
]);
export type FromChild = z.infer<typeof fromChild>;
/** What ends a job. */
export type JobAnswer = Extract<FromChild, { type: 'found' | 'failed' }>;
