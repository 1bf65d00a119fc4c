import { primaryOf } from '#shared/selection.ts';
import type { SelectionSource } from './selection-source.ts';
import type { StageScene } from './stage-scene.ts';

/**
 * Shows selection and hover on the scene, without a React render, and brings the primary face into sight when it was
 * selected elsewhere. Returns the function that ends it.
 */
export function followSelection(scene: StageScene, source: SelectionSource): () => void {
  const first = source.get();
  scene.setHovered(first.hovered);
  scene.setSelection(first.selection);
  return source.subscribe((now, before) => {
    if (now.hovered !== before.hovered) scene.setHovered(now.hovered);
    if (now.selection !== before.selection) scene.setSelection(now.selection);
    const primary = primaryOf(now.selection);
    if (now.revealCount !== before.revealCount && primary !== undefined) scene.reveal(primary);
  });
}
