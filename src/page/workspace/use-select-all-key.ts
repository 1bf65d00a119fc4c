import { useEffect, useEffectEvent } from 'react';
import { isSelectAllKey } from '#page/keyboard/shortcuts.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import type { FaceId } from '#shared/face.ts';

/** Where the faces are what one means by all. */
const FACES = 'section[aria-label="Stage"], [role="listbox"][aria-label="Faces"]';

/** Ctrl or ⌘ with A selects all shown faces while the focus is in the stage or the list; elsewhere it is the browser's. */
export function useSelectAllKey(shown: readonly FaceId[]): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || !isSelectAllKey(event) || shown.length === 0) return;
    if (!(event.target instanceof Element) || event.target.closest(FACES) === null) return;
    event.preventDefault();
    selectionStore.getState().selectAll(shown);
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
