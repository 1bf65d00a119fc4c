import * as z from 'zod/mini';

/**
 * One configured account, read leniently: only `email` matters to the page, and a value of another kind than the
 * vendor's page shows is none, so that one odd account does not hide the others.
 */
export const account = z.looseObject({
  email: z.catch(z.optional(z.string()), undefined),
  error: z.catch(z.optional(z.string()), undefined),
  maxJobs: z.catch(z.optional(z.number()), undefined),
  /** Only in `GET /accounts/{email}`: credits left. */
  balance: z.catch(z.optional(z.looseObject({ total: z.catch(z.optional(z.number()), undefined) })), undefined),
});
export type Account = z.infer<typeof account>;

/**
 * Reply of `GET /accounts`: an object keyed by email. An entry that is no object is an account of that name; what is
 * neither under an email nor names one is no account, and a reply of nothing else is none of accounts (`{ error }`).
 */
export const accountsReply = z.pipe(
  z.record(z.string(), z.unknown()),
  z.transform((entries, context) => {
    const accounts = Object.entries(entries)
      .map(([key, entry]) => [key, z.catch(account, {}).parse(entry)] as const)
      .filter(([key, { email }]) => key.includes('@') || email?.includes('@') === true);
    if (accounts.length > 0 || Object.keys(entries).length === 0) return Object.fromEntries(accounts);
    context.issues.push({ code: 'custom', message: 'No accounts', input: entries });
    return z.NEVER;
  }),
);

/** The only account of the embedded engine. Any `email` is accepted there. */
export const EMBEDDED_ACCOUNT = 'embedded@localhost';
