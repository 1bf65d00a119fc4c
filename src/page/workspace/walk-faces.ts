import { useStore } from 'zustand';
import { faceAfter } from '#page/faces/model/face-order.ts';
import { currentSelection, type SelectionState, selectionStore } from '#page/pictures/selection-store.ts';
import { stepPicture, workStore } from '#page/pictures/work-store.ts';
import type { FaceId } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';

/** Selects the face after or before the primary one, in the order that is shown; stops at the ends. */
export function walkFaces(shown: readonly FaceId[], by: 1 | -1): void {
  const store = selectionStore.getState();
  const next = faceAfter(shown, primaryOf(currentSelection(store)), by);
  if (next !== undefined) store.select(next);
}

/** Whether walking came to the end and nothing else was selected or opened since. */
const isAtEnd = ({ walkEnd, scope, revealCount }: SelectionState): boolean =>
  walkEnd?.scope === scope && walkEnd.revealCount === revealCount;

/**
 * Goes to the next face; after the last one it first only says so, and to the next picture with a second press. A key
 * that is merely still held never leaves the picture.
 */
export function walkOn(shown: readonly FaceId[], { repeat }: { readonly repeat: boolean }): void {
  const store = selectionStore.getState();
  const last = shown.at(-1);
  if (last !== undefined && primaryOf(currentSelection(store)) !== last) {
    walkFaces(shown, 1);
    return;
  }
  if (repeat || !hasNextPicture()) return;
  if (isAtEnd(store)) {
    selectionStore.setState({ walkEnd: undefined });
    stepPicture(1);
  } else selectionStore.setState({ walkEnd: { scope: store.scope, revealCount: store.revealCount } });
}

/** True while a second press goes to the next picture. */
export const useAsksForNextPicture = (): boolean => useStore(selectionStore, isAtEnd);

function hasNextPicture(): boolean {
  const { order, openId } = workStore.getState();
  const at = openId === undefined ? -1 : order.indexOf(openId);
  return at !== -1 && at + 1 < order.length;
}
