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
  /** Newest first, without those that were in work when it was read. */
  readonly recent: readonly RecentPicture[];
  readonly usedBytes: number;
  readonly maxBytes: number;
  /** A person is asked whether everything is to be forgotten. */
  readonly asksToForget: boolean;
};

export const memoryStore = createStore<MemoryState>()(() => ({
  status: 'loading',
  recent: [],
  usedBytes: 0,
  maxBytes: 0,
  asksToForget: false,
}));

export const useMemory = <T>(select: (state: MemoryState) => T): T => useStore(memoryStore, select);

/** Whether the person wants pictures kept beyond the work of a tab, not only results. */
const keepsPicturesPreference = createPreference('facebound.keep-pictures', ['no', 'yes']);

export const keepsPictures = (): boolean => keepsPicturesPreference.get() === 'yes';
export const useKeepsPictures = (): boolean => keepsPicturesPreference.use() === 'yes';
export const chooseKeepsPictures = (keeps: boolean): void => keepsPicturesPreference.set(keeps ? 'yes' : 'no');
