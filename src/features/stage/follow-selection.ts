import { primaryOf } from '#domain/selection.ts';
import { currentSelection, type SelectionState, selectionStore } from '#lib/selection-store.ts';
import type { StageScene } from './stage-scene.ts';

/**
 * Shows selection and hover of the store on the scene, without a React render, and brings the primary face into sight
 * when it was selected elsewhere. Returns the function that ends it.
 */
export function followSelection(scene: StageScene): () => void {
  const show = (state: SelectionState) => {
    scene.setHovered(state.hovered);
    scene.setSelection(currentSelection(state));
  };
  show(selectionStore.getState());
  return selectionStore.subscribe((state, before) => {
    if (state.hovered !== before.hovered) scene.setHovered(state.hovered);
    if (currentSelection(state) !== currentSelection(before)) scene.setSelection(currentSelection(state));
    const primary = primaryOf(currentSelection(state));
    if (state.revealCount !== before.revealCount && primary !== undefined) scene.reveal(primary);
  });
}
