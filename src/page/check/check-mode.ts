import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { workStore } from '#page/pictures/work-store.ts';

type CheckMode = {
  readonly isChecking: boolean;
  /** A missed face of the open picture is to be drawn as soon as it can be. */
  readonly drawsMissed: boolean;
};

const checkModeStore = createStore<CheckMode>()(() => ({ isChecking: false, drawsMissed: false }));

export const startChecking = (): void => checkModeStore.setState({ isChecking: true });
export const stopChecking = (): void => checkModeStore.setState({ isChecking: false, drawsMissed: false });
/** Goes to check mode, where a face that was not found is drawn on the open picture. */
export const startDrawing = (): void => checkModeStore.setState({ isChecking: true, drawsMissed: true });
export const noteDrawing = (): void => checkModeStore.setState({ drawsMissed: false });
export const useDrawsMissed = (): boolean => useStore(checkModeStore, (state) => state.drawsMissed);
export const useIsChecking = (): boolean => useStore(checkModeStore, (state) => state.isChecking);

// Where nothing is left to check, what is handed over next begins on the table.
workStore.subscribe(({ order }) => {
  if (order.length === 0) stopChecking();
});
