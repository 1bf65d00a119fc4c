import { useCheckPlace } from './check-place.ts';
import { type CheckPlace, checkPlaceStore } from './check-state.ts';

type Taker = NonNullable<CheckPlace['takeDrawn']>;

/** From now on drawn faces can be used: `takeDrawn` gets the one that is chosen. The returned function ends it. */
export function takeDrawnFaces(takeDrawn: Taker): () => void {
  checkPlaceStore.setState({ takeDrawn });
  return () => checkPlaceStore.setState({ takeDrawn: undefined });
}

/** What uses a drawn face; undefined while nothing does. */
export const useDrawnUse = (): Taker | undefined => useCheckPlace((state) => state.takeDrawn);
