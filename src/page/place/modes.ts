import { useStore } from 'zustand';
import { type ExportScope, type HandOff, type KolorsView, type Place, placeStore } from './place-store.ts';

/** Call it right from a press, or the browser refuses to go full screen. */
export const startPresenting = (): void => placeStore.setState({ isPresenting: true });
export const stopPresenting = (): void => placeStore.setState({ isPresenting: false });
export const useIsPresenting = (): boolean => useStore(placeStore, (state) => state.isPresenting);

const changeKolors = (change: Partial<Place['kolors']>): void =>
  placeStore.setState(({ kolors }) => ({ kolors: { ...kolors, ...change } }));

/** The panel's code has come. */
export const noteKolorsHere = (): void => changeKolors({ isHere: true });

/** Opens the panel for a face. */
export const openKolors = (target: HandOff): void => changeKolors({ isOpen: true, view: 'request', target });

/** Goes on with another face, whatever the panel shows. */
export const changeTarget = (target: HandOff): void => changeKolors({ target });

/** Opens the panel at everything that was generated. */
export const openGenerations = (): void => changeKolors({ isOpen: true, view: 'generations' });

export const closeKolors = (): void => changeKolors({ isOpen: false });
export const showKolorsView = (view: KolorsView): void => changeKolors({ view });
export const kolorsNow = (): Place['kolors'] => placeStore.getState().kolors;
export const useKolors = (): Place['kolors'] => useStore(placeStore, (state) => state.kolors);

/** Runs when the panel goes on with another face, until the returned function is called. */
export const onTarget = (run: (now: HandOff | undefined, before: HandOff | undefined) => void): (() => void) =>
  placeStore.subscribe(({ kolors: { target } }, { kolors: before }) => {
    if (target !== before.target) run(target, before.target);
  });

/** Whether the panel stands beside the stage now, or on phones in front of it. */
export const useIsKolorsShown = (): boolean => useStore(placeStore, ({ kolors }) => kolors.isHere && kolors.isOpen);

/** Opens or closes the export menu. What it was about stays, but for selected faces: those were meant the once. */
export const setExportMenuOpen = (isOpen: boolean): void =>
  placeStore.setState(({ exportMenu: { scope } }) => ({
    exportMenu: { isOpen, scope: isOpen || scope !== 'these' ? scope : 'open' },
  }));

/** Opens the menu about these, or while it is open turns to them. */
export const openExportMenu = (scope: ExportScope): void =>
  placeStore.setState({ exportMenu: { isOpen: true, scope } });
export const useExportMenu = (): Place['exportMenu'] => useStore(placeStore, (state) => state.exportMenu);
