import { useStore } from 'zustand';
import type { SelectionSource, SelectionView, Viewport } from '#face-canvas/index.ts';
import { type FaceId, isFaceId } from '#shared/face.ts';
import { emptySelection, primaryOf, selectOnly } from '#shared/selection.ts';
import { type CheckPlace, checkPlaceStore, type Draft, type PictureFilter } from './check-state.ts';

export const useCheckPlace = <T>(select: (state: CheckPlace) => T): T => useStore(checkPlaceStore, select);

/** Goes to a face; what was open about another closes. */
export function goToFace(id: FaceId | undefined): void {
  if (primaryOf(checkPlaceStore.getState().selection) === id) return;
  checkPlaceStore.setState({
    selection: id === undefined ? emptySelection : selectOnly(id),
    reasonsClosed: false,
    draft: undefined,
  });
}

export const setDraft = (draft: Draft | undefined): void => checkPlaceStore.setState({ draft });
export const closeReasons = (): void => checkPlaceStore.setState({ reasonsClosed: true });
export const openReasons = (): void => checkPlaceStore.setState({ reasonsClosed: false });
export const setFilter = (filter: PictureFilter): void => checkPlaceStore.setState({ filter });

/** Tells a screen reader what one act did, in a sentence or two. */
export const announce = (text: string): void =>
  checkPlaceStore.setState(({ said }) => ({ said: { text, count: said.count + 1 } }));

const viewOf = ({ selection, hovered }: CheckPlace): SelectionView => ({
  selection,
  hovered,
  // The mode moves the view by itself, to where a face can be judged.
  revealCount: 0,
  multiSelectMode: false,
});

const go = (id: string): void => {
  if (isFaceId(id)) goToFace(id);
};

/** The face that is judged, as the stage follows and changes it: one at a time, and always one. */
export const checkSelection: SelectionSource = {
  get: () => viewOf(checkPlaceStore.getState()),
  subscribe: (listener) => checkPlaceStore.subscribe((now, before) => listener(viewOf(now), viewOf(before))),
  hover: (id) => checkPlaceStore.setState({ hovered: id !== undefined && isFaceId(id) ? id : undefined }),
  select: go,
  toggle: go,
  addToSelection: go,
  extendTo: go,
  clear: () => undefined,
};

let viewport: Viewport = { scale: 1, x: 0, y: 0 };

/** How the picture lies on the mode's stage now. It changes in every frame of a motion, so nothing renders from it. */
export const stageViewport = (): Viewport => viewport;
export const noteViewport = (now: Viewport): void => {
  viewport = now;
};
