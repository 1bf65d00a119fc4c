import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const presentStore = createStore<{ readonly isPresenting: boolean }>()(() => ({ isPresenting: false }));

/** Call it right from a press, or the browser refuses to go full screen. */
export const startPresenting = (): void => presentStore.setState({ isPresenting: true });
export const stopPresenting = (): void => presentStore.setState({ isPresenting: false });
export const useIsPresenting = (): boolean => useStore(presentStore, (state) => state.isPresenting);
