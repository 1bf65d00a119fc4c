import { faceAfter } from '#page/faces/model/face-order.ts';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import type { FaceId } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';

/** Selects the face after or before the primary one, in the order that is shown; stops at the ends. */
export function walkFaces(shown: readonly FaceId[], by: 1 | -1): void {
  const store = selectionStore.getState();
  const next = faceAfter(shown, primaryOf(currentSelection(store)), by);
  if (next !== undefined) store.select(next);
}
