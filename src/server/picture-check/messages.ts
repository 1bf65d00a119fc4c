import { z } from 'zod';

/** What the checker and its child say to each other. Pictures stay on the disk. */

export const toCheckChild = z.object({
  job: z.number(),
  /** An upload is decoded to its end; of a linked picture the header is read. */
  what: z.enum(['upload', 'linked']),
  path: z.string(),
  type: z.string(),
});
export type ToCheckChild = z.infer<typeof toCheckChild>;
export type CheckJob = Omit<ToCheckChild, 'job'>;

const pictureFault = z.discriminatedUnion('code', [
  z.object({ code: z.literal('unreadable-picture'), reason: z.string() }),
  z.object({ code: z.literal('picture-too-small'), width: z.number(), height: z.number() }),
  z.object({ code: z.literal('picture-too-large'), reason: z.string() }),
  z.object({ code: z.literal('picture-unsafe'), reason: z.string() }),
]);
/** What is wrong with a picture. */
export type PictureFault = z.infer<typeof pictureFault>;

export const fromCheckChild = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('checked'), job: z.number(), fault: pictureFault.optional() }),
  /** The disk did not give it, or the check broke. */
  z.object({ type: z.literal('failed'), job: z.number(), error: z.string() }),
  /** What it uses, told before and after each check; for a parent that cannot see it by itself. */
  z.object({ type: z.literal('usage'), usage: z.object({ processorMs: z.number(), residentBytes: z.number() }) }),
]);
export type FromCheckChild = z.infer<typeof fromCheckChild>;

/** First argument of a child that tells by itself what it uses. */
export const REPORTS = 'reports';
