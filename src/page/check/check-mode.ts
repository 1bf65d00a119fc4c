import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { workStore } from '#page/pictures/work-store.ts';

/** How a person checks: face by face, or by what a comparison shows. */
export type WayOfChecking = 'picture' | 'compare';

type CheckMode = {
  readonly isChecking: boolean;
  readonly way: WayOfChecking;
  /** A missed face of the open picture is to be drawn as soon as it can be. */
  readonly drawsMissed: boolean;
};

const checkModeStore = createStore<CheckMode>()(() => ({ isChecking: false, way: 'picture', drawsMissed: false }));

export const startChecking = (): void => checkModeStore.setState({ isChecking: true, way: 'picture' });
export const startComparing = (): void => checkModeStore.setState({ isChecking: true, way: 'compare' });
export const stopChecking = (): void => checkModeStore.setState({ isChecking: false, drawsMissed: false });
/** Goes to check mode, where a face that was not found is drawn on the open picture. */
export const startDrawing = (): void =>
  checkModeStore.setState({ isChecking: true, way: 'picture', drawsMissed: true });
export const noteDrawing = (): void => checkModeStore.setState({ drawsMissed: false });
export const useDrawsMissed = (): boolean => useStore(checkModeStore, (state) => state.drawsMissed);
export const useIsChecking = (): boolean => useStore(checkModeStore, (state) => state.isChecking);
export const useWayOfChecking = (): WayOfChecking => useStore(checkModeStore, (state) => state.way);
export const goOnChecking = (way: WayOfChecking): void => (way === 'compare' ? startComparing() : startChecking());

/** Whether answers are being compared, and hearing of it. */
export const isComparing = (): boolean => {
  const { isChecking, way } = checkModeStore.getState();
  return isChecking && way === 'compare';
};
export const hearCheckMode = (run: () => void): (() => void) => checkModeStore.subscribe(run);

// Where nothing is left to check, what is handed over next begins on the table.
workStore.subscribe(({ order }) => {
  if (order.length === 0) stopChecking();
});
