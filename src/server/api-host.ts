import { API_CLIENTS } from '#api/files/stores.ts';
import type { ApiHost } from '#api/host.ts';
import { type Problem, problem } from '#api/problem.ts';
import { UNAUTHORIZED } from '#contract/errors.ts';
import { errorText } from '#shared/error-text.ts';
import { err, ok } from '#shared/result.ts';
import { authorize } from './auth/caller.ts';
import { callerOf } from './auth/identify.ts';
import type { OwnSecrets } from './auth/own-secrets.ts';
import type { ServerConfig } from './config.ts';
import { abortOnError } from './http/abort-on-error.ts';
import type { ServerEnv } from './http/env.ts';
import { readableProblem } from './http/plain-page.ts';
import type { Logger } from './log.ts';
import type { PaidOnce } from './paid-once.ts';

/** Told without a hint at which of the secrets it is. */
const OWN_SECRET = problem(
  401,
  'not-forwarded',
  'This bearer is a secret of this Facebound server, so it is not sent to the live service. Send a token of useapi.net, or call /engines/embedded/v1/kling.',
);

/** Told to the page as well, whose session may have ended: it opens another and sends the call once more. */
const STRANGER = problem(
  401,
  'access-key-required',
  'This server sends a token on to the live service only for those who have its access key. Open its page with the key, call the live service itself, or have whoever runs this server set FACEBOUND_RELAY_BEARERS=yes.',
);

const REFUSALS: Readonly<Record<'unauthorized' | 'own-secret' | 'stranger', Problem>> = {
  unauthorized: { status: 401, body: UNAUTHORIZED },
  'own-secret': OWN_SECRET,
  stranger: STRANGER,
};

/** This server around the contract: who calls is found out by bearer or session, and a body that breaks cuts the connection. */
export const createApiHost = (deps: {
  readonly config: Pick<ServerConfig, 'accessKey' | 'embeddedToken' | 'useapiToken' | 'relayBearers'>;
  readonly ownSecrets: OwnSecrets;
  readonly paidOnce: PaidOnce;
  readonly logger: Logger;
}): ApiHost<ServerEnv> => ({
  logger: deps.logger,
  base: (c) => c.get('origin'),
  guardBody: (body, c) => abortOnError(body, c, deps.logger),
  refuse: (refusal, page, c) => readableProblem(c, refusal, page),
  identify: async (engine, c) => {
    const authorized = authorize(engine, callerOf(c), deps.config, deps.ownSecrets);
    if (!authorized.ok) return err(REFUSALS[authorized.error]);
    const { caller, token } = authorized.value;
    return ok({
      requestId: c.get('requestId'),
      caller: caller.kind,
      token,
      owner: caller.kind === 'session' ? caller.name : API_CLIENTS,
      markPaid: () => c.get('call').markPaid(),
      // A disk that does not take the id is no reason to refuse: without it a call is as safe as a program's.
      claimPaid: (id) =>
        deps.paidOnce.claim(id).catch((error: unknown) => {
          deps.logger.error('a paid request could not be noted', { error: errorText(error) });
          return true;
        }),
    });
  },
});
