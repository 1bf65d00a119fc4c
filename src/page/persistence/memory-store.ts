import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { visitorStorage } from '#page/platform/browser-storage.ts';
import type { RecentPicture } from './memory.ts';

/** What the page knows of its own memory. */
export type MemoryState = {
  /**
   * `unavailable`: this browser stores nothing, as in some private windows. `newer`: a newer version of the page has
   * been here and this one cannot read what it stored.
   */
  readonly status: 'loading' | 'ready' | 'unavailable' | 'newer';
  /** Newest first, those in work among them. */
  readonly recent: readonly RecentPicture[];
  readonly usedBytes: number;
  readonly maxBytes: number;
  /** The person wants pictures kept beyond the work of a tab, not only results. */
  readonly keepsPictures: boolean;
};

const CHOICE_KEY = 'facebound.keep-pictures';

export const memoryStore = createStore<MemoryState>()(() => ({
  status: 'loading',
  recent: [],
  usedBytes: 0,
  maxBytes: 0,
  keepsPictures: visitorStorage.get(CHOICE_KEY) === 'yes',
}));

export const useMemory = <T>(select: (state: MemoryState) => T): T => useStore(memoryStore, select);

export function chooseKeepsPictures(keepsPictures: boolean): void {
  memoryStore.setState({ keepsPictures });
  visitorStorage.set(CHOICE_KEY, keepsPictures ? 'yes' : 'no');
}
