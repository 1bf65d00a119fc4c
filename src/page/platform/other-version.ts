import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/**
 * Whether a server of another version answers. In a rolling update old and new ones answer in turn: a page goes on with
 * either, and only what it has not fetched yet may be missing (`fetched-code.ts`).
 */
const otherVersionStore = createStore<{
  /** The other version's entry, once one was heard of. */
  readonly entry: string | undefined;
  readonly isDismissed: boolean;
}>()(() => ({ entry: undefined, isDismissed: false }));

/** Where built pages have their code; in development there is no version to compare. */
const BUILT = /^\/assets\//;

/** The script that this page began with. */
const ownEntry = (): string | undefined =>
  globalThis.document?.querySelector('script[type="module"][src]')?.getAttribute('src') ?? undefined;

/** Hears with every answer of our server which script its page begins with; null where it does not say. */
export function noteServerPage(entry: string | null): void {
  const own = ownEntry();
  if (entry === null || own === undefined || entry === own || !BUILT.test(own)) return;
  // The next version is another piece of news, the same one is not.
  if (otherVersionStore.getState().entry !== entry) otherVersionStore.setState({ entry, isDismissed: false });
}

/** True from when another version answered until the person has seen that. */
export const useIsUpdated = (): boolean =>
  useStore(otherVersionStore, ({ entry, isDismissed }) => entry !== undefined && !isDismissed);

export const dismissUpdate = (): void => otherVersionStore.setState({ isDismissed: true });
