import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Picture } from '#page/pictures/work-store.ts';
import type { EngineSession } from './engine-session.ts';

type Content = Pick<Picture, 'sha256'>;

/**
 * Detections that a person stopped, by engine, address and content. react-query does not tell them from those that never began,
 * and would begin them anew as soon as somebody looks.
 */
const cancelledStore = createStore<{ readonly keys: ReadonlySet<string> }>()(() => ({ keys: new Set() }));

const keyOf = (session: EngineSession, imageReference: string, { sha256 }: Content): string =>
  `${session.engine} ${sha256} ${imageReference}`;

export function setCancelled(
  session: EngineSession,
  imageReference: string,
  picture: Content,
  isCancelled: boolean,
): void {
  const keys = new Set(cancelledStore.getState().keys);
  if (isCancelled) keys.add(keyOf(session, imageReference, picture));
  else keys.delete(keyOf(session, imageReference, picture));
  cancelledStore.setState({ keys });
}

/** Whether the detection was stopped, and not asked for since. */
export const useIsCancelled = (session: EngineSession, imageReference: string | undefined, picture: Content): boolean =>
  useStore(
    cancelledStore,
    ({ keys }) => keys.size > 0 && imageReference !== undefined && keys.has(keyOf(session, imageReference, picture)),
  );
