import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { DrawnFace } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** A face that was drawn by hand, and where. */
export type DrawnOn = {
  readonly picture: Picture;
  /** Beside whose answer it was drawn. */
  readonly engine: EngineName;
  readonly face: DrawnFace;
  /** The space of its box, in pixels. */
  readonly size: Size;
};

type Taker = (drawn: DrawnOn) => void;

/** Who makes something of drawn faces; the room is above this one, and comes later than it. */
const drawnUse = createStore<{ readonly take: Taker | undefined }>()(() => ({ take: undefined }));

/** From now on drawn faces can be used: `take` gets the one that is chosen. The returned function ends it. */
export function takeDrawnFaces(take: Taker): () => void {
  drawnUse.setState({ take });
  return () => drawnUse.setState({ take: undefined });
}

/** What uses a drawn face; undefined while nothing does. */
export const useDrawnUse = (): Taker | undefined => useStore(drawnUse, ({ take }) => take);
