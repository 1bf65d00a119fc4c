import { z } from 'zod';

/** One configured account, read leniently: only `email` matters to the page. */
export const account = z.looseObject({
  email: z.string().optional(),
  error: z.string().optional(),
  maxJobs: z.number().optional(),
  /** Only in `GET /accounts/{email}`: credits left. */
  balance: z.looseObject({ total: z.number().optional() }).optional(),
});
export type Account = z.infer<typeof account>;

/** Reply of `GET /accounts`: an object keyed by email. */
export const accountsReply = z.record(z.string(), account);

/** The only account of the embedded engine. Any `email` is accepted there. */
export const EMBEDDED_ACCOUNT = 'embedded@localhost';
