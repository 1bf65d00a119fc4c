import type { ErrorReason, VendorError } from '#contract/errors.ts';

/** A refusal in the vendor's error form, with its status and the headers that belong to it. */
export type Problem = {
  readonly status: number;
  readonly body: VendorError;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A refusal of our own: one sentence or two with cause and cure, the status repeated, and a reason for programs. */
export const problem = (
  status: number,
  reason: ErrorReason,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): Problem => ({ status, body: { error, code: status, reason }, headers });

/** A path that is there, asked with a method that it does not take; `allow` lists those that it does. */
export const methodNotAllowed = (method: string, allow: string): Problem =>
  problem(405, 'bad-request', `${method} is not allowed here. Allowed: ${allow}.`, { allow });

/** The refusal as an HTTP response. */
export const problemResponse = ({ status, body, headers }: Problem): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  });
