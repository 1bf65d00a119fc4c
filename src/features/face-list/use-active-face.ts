import { useState } from 'react';
import type { FaceId } from '#domain/face.ts';
import { primaryOf } from '#domain/selection.ts';
import { selectionStore, useRevealCount, useSelection } from '#lib/selection-store.ts';

/**
 * Where the keyboard stands in the list: on the face it was moved to, until a selection is made elsewhere; then on the
 * primary face. `moveTo` holds for the selection as it is now.
 */
export function useActiveFace(shown: readonly FaceId[]): {
  readonly active: FaceId | undefined;
  /** The same, but nothing while nobody has moved or selected: what has to be in view. */
  readonly inView: FaceId | undefined;
  readonly moveTo: (id: FaceId) => void;
} {
  const primary = primaryOf(useSelection());
  const revealCount = useRevealCount();
  const [moved, setMoved] = useState<{ readonly id: FaceId; readonly revealCount: number }>();
  const wanted = moved?.revealCount === revealCount ? moved.id : primary;
  const inView = wanted !== undefined && shown.includes(wanted) ? wanted : undefined;
  return {
    inView,
    active: inView ?? shown[0],
    moveTo: (id) => setMoved({ id, revealCount: selectionStore.getState().revealCount }),
  };
}
