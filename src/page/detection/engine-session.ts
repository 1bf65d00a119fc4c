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

/** What tells one session from another: the part of a key that says as whom an engine is asked. */
export const asWhom = ({ engine, credentialId, email }: EngineSession) => ({
  engine,
  credentialId: engine === 'kling' ? credentialId : '',
  email: email ?? '',
});
