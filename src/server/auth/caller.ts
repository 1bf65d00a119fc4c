import { getCookie } from 'hono/cookie';
import type { EngineName } from '#contract/routes.ts';
import { assertNever, err, ok, type Result } from '#shared/result.ts';
import type { ServerConfig } from '../config.ts';
import type { ServerContext } from '../http/env.ts';
import { sameText } from './constant-time.ts';
import type { OwnSecrets } from './own-secrets.ts';
import { type Sessions, sessionCookieName } from './sessions.ts';

/**
 * How a caller shows who it is. A bearer token decides alone when there is one, a malformed one too. Another scheme is
 * between the browser and a proxy, which it repeats at every call: it neither opens nor closes anything here.
 */
export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string }
  /** `name` tells sessions apart and opens nothing. */
  | { readonly kind: 'session'; readonly name: string }
  | { readonly kind: 'none' };

/** The session cookie's value, as this request carries it. */
export const sessionCookie = (c: ServerContext): string | undefined => getCookie(c, sessionCookieName(c.get('origin')));

export async function credentialsOf(c: ServerContext, sessions: Sessions): Promise<Credentials> {
  const header = c.req.header('authorization');
  if (header !== undefined && /^Bearer\b/i.test(header)) {
    const token = /^Bearer +([\x21-\x7e]{1,1024})$/i.exec(header)?.[1];
    return token === undefined ? { kind: 'none' } : { kind: 'bearer', token };
  }
  const name = await sessions.nameOf(sessionCookie(c));
  return name === undefined ? { kind: 'none' } : { kind: 'session', name };
}

/**
 * Whether these credentials may use an engine, and with which token of the live service. A bearer is used as it is at
 * `kling`, unless it is a secret of ours (`own-secret`); at `embedded` any serves on a server without an access key, and
 * only the configured one with it.
 */
export function authorize(
  engine: EngineName,
  credentials: Credentials,
  config: Pick<ServerConfig, 'accessKey' | 'embeddedToken' | 'useapiToken'>,
  ownSecrets: OwnSecrets,
): Result<{ readonly token: string | undefined }, 'unauthorized' | 'own-secret'> {
  if (credentials.kind === 'none') return err('unauthorized');
  switch (engine) {
    case 'kling': {
      if (credentials.kind === 'bearer' && ownSecrets.include(credentials.token)) return err('own-secret');
      const token = credentials.kind === 'bearer' ? credentials.token : config.useapiToken;
      return token === undefined ? err('unauthorized') : ok({ token });
    }
    case 'embedded': {
      if (credentials.kind === 'session' || config.accessKey === undefined) return ok({ token: undefined });
      const { embeddedToken } = config;
      return embeddedToken !== undefined && sameText(credentials.token, embeddedToken)
        ? ok({ token: undefined })
        : err('unauthorized');
    }
    default:
      return assertNever(engine);
  }
}
