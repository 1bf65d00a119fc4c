import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followGenerations, useGenerations } from './generation-store.ts';
import { noteWhenAbandoned } from './send-generation.ts';
import { isRunning, type RunningGeneration, taskQuery } from './task-query.ts';
import { isWaitingForToken } from './waiting-for-token.ts';

type KolorsRunnerProps = {
  readonly credentialId: string;
  readonly hasOwnToken: boolean;
  readonly serverHasToken: boolean;
};

/**
 * Keeps every generation going whether the panel is open or not: asks for running tasks, and notices requests whose
 * sender is gone. Draws nothing.
 */
export function KolorsRunner({ credentialId, hasOwnToken, serverHasToken }: KolorsRunnerProps) {
  const { generations } = useGenerations();
  useEffect(() => followGenerations(), []);
  return generations.map((entry) => {
    if (entry.phase.kind === 'sending') return <SendWatch key={entry.id} id={entry.id} />;
    if (!isRunning(entry) || isWaitingForToken(entry, hasOwnToken)) return null;
    if (entry.credential === 'server' && !serverHasToken) return null;
    return <TaskWatch key={entry.id} entry={entry} credentialId={credentialId} />;
  });
}

function SendWatch({ id }: { readonly id: string }) {
  useEffect(() => {
    const leaving = new AbortController();
    void noteWhenAbandoned(id, leaving.signal);
    return () => leaving.abort();
  }, [id]);
  return null;
}

function TaskWatch({ entry, credentialId }: { readonly entry: RunningGeneration; readonly credentialId: string }) {
  useQuery(taskQuery(entry, credentialId));
  return null;
}
