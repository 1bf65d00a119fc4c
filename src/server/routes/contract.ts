import type { Hono } from 'hono';
import { contractRoutes } from '#api/contract-routes.ts';
import type { Engine } from '#api/engine.ts';
import { problem } from '#api/problem.ts';
import { UNAUTHORIZED } from '#contract/errors.ts';
import { err, ok } from '#shared/result.ts';
import { authorize, credentialsOf } from '../auth/caller.ts';
import type { OwnSecrets } from '../auth/own-secrets.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { ServerConfig } from '../config.ts';
import { API_CLIENTS } from '../files/file-owners.ts';
import { abortOnError } from '../http/abort-on-error.ts';
import type { ServerEnv } from '../http/env.ts';
import type { Logger } from '../log.ts';
import type { Timeouts } from '../timeouts.ts';

/** Told without a hint at which of the secrets it is. */
const OWN_SECRET = problem(
  401,
  'not-forwarded',
  'This bearer is a secret of this Facebound server, so it is not sent to the live service. Send a token of useapi.net, or call /engines/embedded/v1/kling.',
);

/** The contract on this server: who calls is found out by bearer or session, and a body that breaks cuts the connection. */
export const serverContractRoutes = (deps: {
  readonly engine: Engine;
  readonly config: Pick<ServerConfig, 'accessKey' | 'embeddedToken' | 'useapiToken'>;
  readonly sessions: Sessions;
  readonly ownSecrets: OwnSecrets;
  readonly logger: Logger;
  readonly timeouts: Timeouts;
}): Hono<ServerEnv> =>
  contractRoutes<ServerEnv>({
    engine: deps.engine,
    timeouts: deps.timeouts,
    logger: deps.logger,
    guardBody: (body, c) => abortOnError(body, c, deps.logger),
    identify: async (c) => {
      const credentials = await credentialsOf(c, deps.sessions);
      const caller = authorize(deps.engine.name, credentials, deps.config, deps.ownSecrets);
      if (!caller.ok) return err(caller.error === 'own-secret' ? OWN_SECRET : { status: 401, body: UNAUTHORIZED });
      return ok({
        requestId: c.get('requestId'),
        publicOrigin: c.get('origin'),
        token: caller.value.token,
        owner: credentials.kind === 'session' ? credentials.name : API_CLIENTS,
        markPaid: () => c.get('call').markPaid(),
      });
    },
  });
