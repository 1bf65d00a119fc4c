import { useEffect, useMemo } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import type { EngineSession } from '#page/detection/engine-session.ts';
import { startEngine, useCredentials } from '#page/session/credentials-store.ts';

/** As whom the page asks now. The first visit starts with the server's default engine. */
export function useEngineSession(config: AppConfig): EngineSession {
  const { engine, credentialId, hasOwnToken, email } = useCredentials();
  useEffect(() => startEngine(config.defaultEngine), [config.defaultEngine]);
  return useMemo(
    () => ({
      engine,
      credentialId,
      email: engine === 'kling' ? email : undefined,
      canAsk: engine === 'embedded' || hasOwnToken || config.serverHasToken,
    }),
    [engine, credentialId, email, hasOwnToken, config.serverHasToken],
  );
}
