import { useMemo } from 'react';
import type { EngineName } from '#contract/routes.ts';
import { type Credentials, credentialsNow, useCredentials } from './session-store.ts';

/**
 * As whom an engine is asked. `credentialId` stands for the token in query keys, so that the token itself never gets
 * there.
 */
export type EngineSession = {
  readonly engine: EngineName;
  readonly credentialId: string;
  /** Kling account to use, when several are configured. */
  readonly email: string | undefined;
  /** False when the engine needs a token and there is none: then nothing is sent. */
  readonly canAsk: boolean;
  /** True when the token is known to have several accounts and none was chosen: the service would refuse every call. */
  readonly needsAccount: boolean;
};

/** Whether pictures that are handed over now are meant for the live service. */
export const goesToKling = ({ engine, canAsk }: EngineSession): boolean => engine === 'kling' && canAsk;

/** What tells one session from another: the part of a key that says as whom an engine is asked. */
export const asWhom = ({ engine, credentialId, email }: EngineSession) => ({
  engine,
  credentialId: engine === 'kling' ? credentialId : '',
  email: email ?? '',
});

/** Whether two sessions ask as the same: then what one of them knows, the other does as well. */
export const isSameAsker = (a: EngineSession, b: EngineSession): boolean =>
  a.engine === b.engine && a.credentialId === b.credentialId && a.email === b.email;

const sessionAt = (
  engine: EngineName,
  { credentialId, email, hasOwnToken, serverHasToken, hasSeveralAccounts }: Credentials,
): EngineSession => ({
  engine,
  credentialId,
  email: engine === 'kling' ? email : undefined,
  canAsk: engine === 'embedded' || hasOwnToken || serverHasToken,
  needsAccount: engine === 'kling' && hasSeveralAccounts && email === undefined,
});

/** An engine as it would be asked now, whichever is chosen. */
export const sessionWith = (engine: EngineName): EngineSession => sessionAt(engine, credentialsNow());

/** As whom this tab asks at the moment. */
export const currentSession = (): EngineSession => sessionWith(credentialsNow().engine);

/** The same, followed; one object for as long as nothing changes. `engine` asks for another than the chosen one. */
export function useEngineSession(engine?: EngineName): EngineSession {
  const credentials = useCredentials();
  return useMemo(() => sessionAt(engine ?? credentials.engine, credentials), [engine, credentials]);
}
