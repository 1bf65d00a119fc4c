import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineSession } from './engine-session.ts';

/**
 * Detections that a person stopped, by engine and address. react-query does not tell them from those that never began,
 * and would begin them anew as soon as somebody looks.
 */
const cancelledStore = createStore<{ readonly keys: ReadonlySet<string> }>()(() => ({ keys: new Set() }));

const keyOf = (session: EngineSession, imageReference: string): string => `${session.engine} ${imageReference}`;

export function setCancelled(session: EngineSession, imageReference: string, isCancelled: boolean): void {
  const keys = new Set(cancelledStore.getState().keys);
  if (isCancelled) keys.add(keyOf(session, imageReference));
  else keys.delete(keyOf(session, imageReference));
  cancelledStore.setState({ keys });
}

/** Whether the detection was stopped, and not asked for since. */
export const useIsCancelled = (session: EngineSession, imageReference: string | undefined): boolean =>
  useStore(
    cancelledStore,
    ({ keys }) => keys.size > 0 && imageReference !== undefined && keys.has(keyOf(session, imageReference)),
  );
