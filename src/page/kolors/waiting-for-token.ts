import type { StoredGeneration } from './generation-store.ts';

/** True for a task that only the token of a person, who has to enter it again, can ask for. */
export const isWaitingForToken = (entry: StoredGeneration, hasOwnToken: boolean): boolean =>
  entry.phase.kind === 'running' && entry.credential === 'own' && !hasOwnToken;

/** True when a person has to enter the token before anything can be done: look at the task, or send it again. */
export const needsToken = (entry: StoredGeneration, hasOwnToken: boolean): boolean =>
  isWaitingForToken(entry, hasOwnToken) ||
  (entry.phase.kind === 'unknown' && entry.sentAgainAs === undefined && entry.credential === 'own' && !hasOwnToken);
