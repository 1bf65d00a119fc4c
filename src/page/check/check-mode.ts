import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { workStore } from '#page/pictures/work-store.ts';

const checkModeStore = createStore<{ readonly isChecking: boolean }>()(() => ({ isChecking: false }));

export const startChecking = (): void => checkModeStore.setState({ isChecking: true });
export const stopChecking = (): void => checkModeStore.setState({ isChecking: false });
export const useIsChecking = (): boolean => useStore(checkModeStore, (state) => state.isChecking);

// Where nothing is left to check, what is handed over next begins on the table.
workStore.subscribe(({ order }) => {
  if (order.length === 0) stopChecking();
});
