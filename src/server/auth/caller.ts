import { getCookie } from 'hono/cookie';
import type { EngineName } from '#contract/routes.ts';
import { assertNever, err, ok, type Result } from '#shared/result.ts';
import type { ServerConfig } from '../config.ts';
import type { ServerContext } from '../http/env.ts';
import { sameText } from './constant-time.ts';
import type { Caller } from './identity.ts';
import type { OwnSecrets } from './own-secrets.ts';
import { type Sessions, sessionCookieName } from './sessions.ts';

/** The session cookie's value, as this request carries it. */
export const sessionCookie = (c: ServerContext): string | undefined => getCookie(c, sessionCookieName(c.get('origin')));

type Tokens = Pick<ServerConfig, 'embeddedToken' | 'useapiToken'>;

/** Takes the same time whichever token it is, or none. */
const isConfigured = (bearer: string, { embeddedToken, useapiToken }: Tokens): boolean =>
  [embeddedToken, useapiToken].filter((token) => token !== undefined && sameText(bearer, token)).length > 0;

/**
 * Finds out who calls. A scheme other than `Bearer` is between the browser and a proxy, which it repeats at every call:
 * it neither opens nor closes anything here. Rejects when the disk does not tell whether a session was ended.
 */
export async function findCaller(c: ServerContext, sessions: Sessions, tokens: Tokens): Promise<Caller> {
  const header = c.req.header('authorization');
  const isBearer = header !== undefined && /^Bearer\b/i.test(header);
  const bearer = isBearer ? /^Bearer +([\x21-\x7e]{1,1024})$/i.exec(header)?.[1] : undefined;
  if (isBearer && bearer === undefined) return { kind: 'nobody' };
  const name = await sessions.nameOf(sessionCookie(c));
  if (name !== undefined) return { kind: 'session', name, bearer };
  if (bearer === undefined) return { kind: 'nobody' };
  return { kind: isConfigured(bearer, tokens) ? 'configured-bearer' : 'strangers-bearer', bearer };
}

/** A caller who may use an engine, and with which token of the live service. */
export type Authorized = { readonly caller: Exclude<Caller, { kind: 'nobody' }>; readonly token: string | undefined };

/**
 * Whether a caller may use an engine. At `kling` a bearer is used as it is, unless it is a secret of ours
 * (`own-secret`) or, on a server with an access key, a stranger's (`stranger`): that server is nobody's open proxy. At
 * `embedded` any bearer serves on a server without an access key, and only the configured one with it.
 */
export function authorize(
  engine: EngineName,
  caller: Caller,
  config: Pick<ServerConfig, 'accessKey' | 'embeddedToken' | 'useapiToken' | 'relayBearers'>,
  ownSecrets: OwnSecrets,
): Result<Authorized, 'unauthorized' | 'own-secret' | 'stranger'> {
  if (caller.kind === 'nobody') return err('unauthorized');
  const isKeyed = config.accessKey !== undefined;
  switch (engine) {
    case 'kling': {
      if (caller.bearer !== undefined && ownSecrets.include(caller.bearer)) return err('own-secret');
      if (caller.kind === 'strangers-bearer' && isKeyed && !config.relayBearers) return err('stranger');
      const token = caller.bearer ?? config.useapiToken;
      return token === undefined ? err('unauthorized') : ok({ caller, token });
    }
    case 'embedded': {
      if (caller.kind === 'session' || !isKeyed) return ok({ caller, token: undefined });
      const { embeddedToken } = config;
      return embeddedToken !== undefined && sameText(caller.bearer, embeddedToken)
        ? ok({ caller, token: undefined })
        : err('unauthorized');
    }
    default:
      return assertNever(engine);
  }
}
