import { type QueryClient, QueryObserver } from '@tanstack/react-query';
import { credentialsNow, onCredentials } from '#page/session/session-store.ts';
import { rememberedGenerations } from './generation-store.ts';
import { noteWhenAbandoned } from './send-generation.ts';
import { isRunning, taskQuery } from './task-query.ts';
import { isWaitingForToken } from './waiting-for-token.ts';

/** What goes on for one generation, and what it goes on with: another token asks anew. */
type Following = { readonly asWhat: string; readonly stop: () => void };

/**
 * Keeps every generation going whether the panel is open or not: asks for running tasks, and notices requests whose
 * sender is gone. The returned function ends it.
 */
export function followGenerations(client: QueryClient): () => void {
  const following = new Map<string, Following>();

  const update = (): void => {
    const { value: generations } = rememberedGenerations.now();
    const { credentialId, hasOwnToken, serverHasToken } = credentialsNow();
    const wanted = new Map<string, Following['asWhat']>();
    for (const entry of generations) {
      if (entry.phase.kind === 'sending') wanted.set(entry.id, 'sending');
      if (!isRunning(entry) || isWaitingForToken(entry, hasOwnToken)) continue;
      if (entry.credential === 'own') wanted.set(entry.id, credentialId);
      else if (serverHasToken) wanted.set(entry.id, 'server');
    }
    for (const [id, { asWhat, stop }] of following) {
      if (wanted.get(id) === asWhat) continue;
      following.delete(id);
      stop();
    }
    for (const entry of generations) {
      const asWhat = wanted.get(entry.id);
      if (asWhat === undefined || following.has(entry.id)) continue;
      const stop = isRunning(entry)
        ? new QueryObserver(client, taskQuery(entry, credentialId)).subscribe(() => {})
        : watchSender(entry.id);
      following.set(entry.id, { asWhat, stop });
    }
  };

  const stops = [rememberedGenerations.hear(), rememberedGenerations.subscribe(update), onCredentials(update)];
  update();
  return () => {
    for (const stop of stops) stop();
    for (const { stop } of following.values()) stop();
  };
}

function watchSender(id: string): () => void {
  const leaving = new AbortController();
  void noteWhenAbandoned(id, leaving.signal);
  return () => leaving.abort();
}
