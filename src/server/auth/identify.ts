import type { MiddlewareHandler } from 'hono';
import type { ServerConfig } from '../config.ts';
import type { ServerContext, ServerEnv } from '../http/env.ts';
import { findCaller } from './caller.ts';
import type { Caller } from './identity.ts';
import type { Sessions } from './sessions.ts';

/**
 * Finds out who calls, once, for the routes and for every line of the log. Trouble with the disk is left to the routes
 * that need to know: a file of the page needs nobody's name.
 */
export const identify =
  (sessions: Sessions, config: Pick<ServerConfig, 'embeddedToken' | 'useapiToken'>): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    c.set(
      'identity',
      await findCaller(c, sessions, config).then(
        (caller) => ({ caller }),
        (trouble: unknown) => ({ trouble }),
      ),
    );
    return next();
  };

/** Who makes this call. Throws what kept that from being found out. */
export function callerOf(c: ServerContext): Caller {
  const identity = c.get('identity');
  if ('trouble' in identity) throw identity.trouble;
  return identity.caller;
}
