import { useState } from 'react';
import { useStore } from 'zustand';
import { selectionStore, useRevealCount, useSelection } from '#page/pictures/selection-store.ts';
import type { FaceId } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';

/**
 * Where the keyboard stands in the list: on the face it was moved to, until a selection is made elsewhere; then on the
 * primary face, and where that was when nothing is selected any more. `moveTo` holds for the selection as it is now.
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

  const scope = useStore(selectionStore, (state) => state.scope);
  const [last, setLast] = useState<{ readonly id: FaceId; readonly scope: string }>();
  if (inView !== undefined && (last?.id !== inView || last.scope !== scope)) setLast({ id: inView, scope });
  const left = last?.scope === scope && shown.includes(last.id) ? last.id : undefined;
  return {
    inView,
    active: inView ?? left ?? shown[0],
    moveTo: (id) => setMoved({ id, revealCount: selectionStore.getState().revealCount }),
  };
}
