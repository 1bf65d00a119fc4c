import type { FaceId } from '#domain/face.ts';
import { faceAfter } from '#domain/face-order.ts';
import { primaryOf } from '#domain/selection.ts';
import { currentSelection, selectionStore } from '#lib/selection-store.ts';

/** Selects the face after or before the primary one, in the order that is shown; stops at the ends. */
export function walkFaces(shown: readonly FaceId[], by: 1 | -1): void {
  const store = selectionStore.getState();
  const next = faceAfter(shown, primaryOf(currentSelection(store)), by);
  if (next !== undefined) store.select(next);
}
