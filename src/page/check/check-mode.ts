import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { workStore } from '#page/pictures/work-store.ts';

/** How a person checks: face by face, or by what a comparison shows. */
export type WayOfChecking = 'picture' | 'compare';

const checkModeStore = createStore<{ readonly isChecking: boolean; readonly way: WayOfChecking }>()(() => ({
  isChecking: false,
  way: 'picture',
}));

export const startChecking = (): void => checkModeStore.setState({ isChecking: true, way: 'picture' });
export const startComparing = (): void => checkModeStore.setState({ isChecking: true, way: 'compare' });
export const stopChecking = (): void => checkModeStore.setState({ isChecking: false });
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
