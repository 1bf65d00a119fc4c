import { z } from 'zod';

/**
 * One configured account, read leniently: only `email` matters to the page, and a value of another kind than the
 * vendor's page shows is none, so that one odd account does not hide the others.
 */
export const account = z.looseObject({
  email: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  maxJobs: z.number().optional().catch(undefined),
  /** Only in `GET /accounts/{email}`: credits left. */
  balance: z
    .looseObject({ total: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type Account = z.infer<typeof account>;

/** Reply of `GET /accounts`: an object keyed by email. An entry that is no object is an account of that name. */
export const accountsReply = z.record(z.string(), account.catch({}));

/** The only account of the embedded engine. Any `email` is accepted there. */
export const EMBEDDED_ACCOUNT = 'embedded@localhost';
