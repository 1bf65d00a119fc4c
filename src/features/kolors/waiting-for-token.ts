import type { StoredGeneration } from './generation-store.ts';

/** True for a task that only the token of a person, who has to enter it again, can ask for. */
export const isWaitingForToken = (entry: StoredGeneration, hasOwnToken: boolean): boolean =>
  entry.phase.kind === 'running' && entry.credential === 'own' && !hasOwnToken;
