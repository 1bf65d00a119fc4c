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

/**
 * Reply of `GET /accounts`: an object keyed by email. An entry that is no object is an account of that name; what is
 * neither under an email nor names one is no account, and a reply of nothing else is none of accounts (`{ error }`).
 */
export const accountsReply = z.record(z.string(), z.unknown()).transform((entries, context) => {
  const accounts = Object.entries(entries)
    .map(([key, entry]) => [key, account.catch({}).parse(entry)] as const)
    .filter(([key, { email }]) => key.includes('@') || email?.includes('@') === true);
  if (accounts.length > 0 || Object.keys(entries).length === 0) return Object.fromEntries(accounts);
  context.addIssue({ code: 'custom', message: 'No accounts' });
  return z.NEVER;
});

/** The only account of the embedded engine. Any `email` is accepted there. */
export const EMBEDDED_ACCOUNT = 'embedded@localhost';
