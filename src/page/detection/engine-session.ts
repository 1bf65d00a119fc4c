import type { EngineName } from '#contract/routes.ts';

/**
 * As whom an engine is asked. `credentialId` stands for the token in query keys, so that the token itself never gets
 * there.
 */
export type EngineSession = {
  readonly engine: EngineName;
  readonly credentialId: string;
  readonly email: string | undefined;
  /** False when the engine needs a token and there is none: then nothing is sent. */
  readonly canAsk: boolean;
};

/** The part of a query or mutation key that tells one session from another. */
export const sessionKey = (session: EngineSession) =>
  [session.engine, session.engine === 'kling' ? session.credentialId : '', session.email ?? ''] as const;
