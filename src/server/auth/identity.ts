import type { CallerKind } from '#api/engine.ts';

/**
 * Who calls, by what it shows. A valid session makes it the page, whatever bearer it carries beside that. Only a bearer
 * that is none (another character, too long) opens nothing, beside a session too: the page would be answered with the
 * server's token instead of the one that was entered.
 */
export type Caller =
  /** `name` tells sessions apart and opens nothing; `bearer` is a token of the tab's own. */
  | { readonly kind: 'session'; readonly name: string; readonly bearer: string | undefined }
  | { readonly kind: Exclude<CallerKind, 'session'>; readonly bearer: string }
  | { readonly kind: 'nobody' };

/** Who makes a call, or what kept that from being found out. */
export type Identity = { readonly caller: Caller } | { readonly trouble: unknown };
