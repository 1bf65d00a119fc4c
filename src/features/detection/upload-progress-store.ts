import { createStore } from 'zustand/vanilla';

/** Share of each running upload that has been sent, 0 to 1, by upload key. */
export const uploadProgressStore = createStore<Record<string, number | undefined>>()(() => ({}));
