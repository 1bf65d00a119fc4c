import type { SelectionSource, SelectionView, StageLayout } from '#face-canvas/index.ts';
import { currentSelection, type SelectionState, selectionStore } from '#page/pictures/selection-store.ts';
import { PHONE, SHORT } from '#page/ui/phone.ts';

const viewOf = (state: SelectionState): SelectionView => ({
  selection: currentSelection(state),
  hovered: state.hovered,
  revealCount: state.revealCount,
  multiSelectMode: state.multiSelectMode,
});

/** The page's selection and hover, as the stage follows and changes them. */
export const stageSelection: SelectionSource = {
  get: () => viewOf(selectionStore.getState()),
  subscribe: (listener) => selectionStore.subscribe((now, before) => listener(viewOf(now), viewOf(before))),
  hover: (id) => selectionStore.getState().hover(id),
  select: (id) => selectionStore.getState().select(id),
  toggle: (id) => selectionStore.getState().toggle(id),
  addToSelection: (id) => selectionStore.getState().addToSelection(id),
  extendTo: (id, order) => selectionStore.getState().extendTo(id, order),
  clear: () => selectionStore.getState().clear(),
};

/** The page's layout now, which says how much of the stage lies under something else. */
export const stageLayout = (): StageLayout =>
  matchMedia(PHONE).matches ? 'phone' : matchMedia(SHORT).matches ? 'short' : 'desk';
