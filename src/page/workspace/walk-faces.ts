import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { faceAfter } from '#page/faces/model/face-order.ts';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import { stepPicture, workStore } from '#page/pictures/work-store.ts';
import type { FaceId } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';

/** Selects the face after or before the primary one, in the order that is shown; stops at the ends. */
export function walkFaces(shown: readonly FaceId[], by: 1 | -1): void {
  const store = selectionStore.getState();
  const next = faceAfter(shown, primaryOf(currentSelection(store)), by);
  if (next !== undefined) store.select(next);
}

/** Where a person was when walking came to the end; it holds until anything else is selected or opened. */
type End = { readonly scope: string; readonly revealCount: number };
const endStore = createStore<{ readonly end: End | undefined }>()(() => ({ end: undefined }));

const isAt = (end: End | undefined, { scope, revealCount }: End): boolean =>
  end?.scope === scope && end.revealCount === revealCount;

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
  if (isAt(endStore.getState().end, store)) {
    endStore.setState({ end: undefined });
    stepPicture(1);
  } else endStore.setState({ end: { scope: store.scope, revealCount: store.revealCount } });
}

/** True while a second press goes to the next picture. */
export function useAsksForNextPicture(): boolean {
  const end = useStore(endStore, (state) => state.end);
  return useStore(selectionStore, (state) => isAt(end, state));
}

function hasNextPicture(): boolean {
  const { pictures, openId } = workStore.getState();
  const at = pictures.findIndex(({ id }) => id === openId);
  return at !== -1 && at + 1 < pictures.length;
}
