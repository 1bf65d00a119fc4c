import type { ServerContext } from './env.ts';

/**
 * What every line of the log says of the call that it is about: its id and the kind of caller. `nobody` shows nothing
 * that is valid; `unknown` was refused before anybody asked, or could not be found out.
 */
export function callFields(c: ServerContext) {
  // Refused before it was asked who calls, there is none, whatever the type says.
  const identity: ServerContext['var']['identity'] | undefined = c.get('identity');
  return {
    requestId: c.get('requestId'),
    caller: identity !== undefined && 'caller' in identity ? identity.caller.kind : ('unknown' as const),
  };
}
