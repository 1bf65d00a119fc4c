import { useStore } from 'zustand';
import { placeStore, type WayOfChecking } from '#page/place/place-store.ts';
import { createPreference } from '#page/platform/preference.ts';

/** How faces were checked last: the mode opens that way again, on later visits too. */
const lastWay = createPreference('facebound.check-way', ['picture', 'sheet']);

const check = (way: WayOfChecking): void =>
  placeStore.setState(({ checking }) => ({ checking: { way, drawsMissed: checking?.drawsMissed ?? false } }));

export const startChecking = (): void => check(lastWay.get());
export const startComparing = (): void => check('compare');
export const stopChecking = (): void => placeStore.setState({ checking: undefined });
/** Goes to check mode, where a face that was not found is drawn on the open picture. */
export const startDrawing = (): void => placeStore.setState({ checking: { way: 'picture', drawsMissed: true } });
export const noteDrawing = (): void =>
  placeStore.setState(({ checking }) => ({ checking: checking && { ...checking, drawsMissed: false } }));
export function goOnChecking(way: WayOfChecking): void {
  if (way !== 'compare') lastWay.set(way);
  check(way);
}

/** How one checks at the moment; undefined at the table. */
export const wayOfChecking = (): WayOfChecking | undefined => placeStore.getState().checking?.way;
export const useWayOfChecking = (): WayOfChecking | undefined => useStore(placeStore, ({ checking }) => checking?.way);
export const useIsChecking = (): boolean => useWayOfChecking() !== undefined;
export const useDrawsMissed = (): boolean => useStore(placeStore, ({ checking }) => checking?.drawsMissed === true);

/** Runs when one begins to check, goes on another way or ends, until the returned function is called. */
export const hearCheckMode = (run: () => void): (() => void) =>
  placeStore.subscribe(({ checking }, before) => {
    if (checking !== before.checking) run();
  });
