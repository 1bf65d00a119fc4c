import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { createPreference } from '#page/platform/preference.ts';
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
};

export const memoryStore = createStore<MemoryState>()(() => ({
  status: 'loading',
  recent: [],
  usedBytes: 0,
  maxBytes: 0,
}));

export const useMemory = <T>(select: (state: MemoryState) => T): T => useStore(memoryStore, select);

/** Whether the person wants pictures kept beyond the work of a tab, not only results. */
const keepsPicturesPreference = createPreference('facebound.keep-pictures', ['no', 'yes']);

export const keepsPictures = (): boolean => keepsPicturesPreference.get() === 'yes';
export const useKeepsPictures = (): boolean => keepsPicturesPreference.use() === 'yes';
export const chooseKeepsPictures = (keeps: boolean): void => keepsPicturesPreference.set(keeps ? 'yes' : 'no');
