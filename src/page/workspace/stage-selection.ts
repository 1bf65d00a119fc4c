import type { SelectionSource, SelectionView, StageBox } from '#face-canvas/index.ts';
import { currentSelection, type SelectionState, selectionStore } from '#page/pictures/selection-store.ts';
import type { Face } from '#shared/face.ts';
import { isFaceId } from '#shared/face.ts';
import { faceColor } from '#shared/palette.ts';

const viewOf = (state: SelectionState): SelectionView => ({
  selection: currentSelection(state),
  hovered: state.hovered,
  revealCount: state.revealCount,
  multiSelectMode: state.multiSelectMode,
});

/** Faces as boxes of the stage: each with its number, its name and the colour of its number. */
export const boxesOf = (faces: readonly Face[]): readonly StageBox[] =>
  faces.map(({ id, bound, faceNo, name }) => ({
    id,
    bound,
    label: String(faceNo),
    name,
    tone: faceColor(faceNo),
    kind: 'found',
  }));

/** The page's selection and hover, as the stage follows and changes them. */
export const stageSelection: SelectionSource = {
  get: () => viewOf(selectionStore.getState()),
  subscribe: (listener) => selectionStore.subscribe((now, before) => listener(viewOf(now), viewOf(before))),
  hover: (id) => selectionStore.getState().hover(id !== undefined && isFaceId(id) ? id : undefined),
  select: (id) => isFaceId(id) && selectionStore.getState().select(id),
  toggle: (id) => isFaceId(id) && selectionStore.getState().toggle(id),
  addToSelection: (id) => isFaceId(id) && selectionStore.getState().addToSelection(id),
  extendTo: (id, order) => isFaceId(id) && selectionStore.getState().extendTo(id, order.filter(isFaceId)),
  clear: () => selectionStore.getState().clear(),
};
