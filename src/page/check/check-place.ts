import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SelectionSource, SelectionView, Viewport } from '#face-canvas/index.ts';
import { type FaceId, isFaceId } from '#shared/face.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { emptySelection, primaryOf, type Selection, selectOnly } from '#shared/selection.ts';

/** A box that is being placed: a missed face, or where the face of a wrong box is. In pixels of the answer. */
export type Draft = { readonly of: 'missed' | FaceId; readonly bound: ImageRect };

/** Where a person is while checking: the face that is judged, and what is open about it. */
export type CheckPlace = {
  readonly selection: Selection;
  readonly hovered: FaceId | undefined;
  /** The reasons were put away by Esc, until another face or verdict. */
  readonly reasonsClosed: boolean;
  readonly draft: Draft | undefined;
  /** Which pictures the strip lists. */
  readonly filter: PictureFilter;
  /** What happened last, for a screen reader; `count` tells two equal sentences apart. */
  readonly said: { readonly text: string; readonly count: number };
};

export type PictureFilter = 'all' | 'open' | 'wrong' | 'missed' | 'noted' | 'disputed';

export const checkPlaceStore = createStore<CheckPlace>()(() => ({
  selection: emptySelection,
  hovered: undefined,
  reasonsClosed: false,
  draft: undefined,
  filter: 'all',
  said: { text: '', count: 0 },
}));

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
