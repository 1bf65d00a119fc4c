import { type MouseEvent, type PointerEvent, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import type { FaceId } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';

/** How long a finger rests before it starts a multiple selection, in milliseconds; the platforms' usual value. */
const LONG_PRESS_MS = 500;

/** How far a resting finger may drift, in CSS pixels. */
const DRIFT = 10;

/** Attribute that carries a face's id on its option. */
export const FACE_ATTRIBUTE = 'data-face';

/** A finger that still rests after its long press, and the face that was the primary one before it. */
export type HeldPress = { readonly primaryBefore: FaceId | undefined };

/**
 * After a long press, keeps the click that some browsers send on release: it would go to whatever lies under the finger
 * by then. Calls back when the finger goes up or is taken away.
 */
function swallowClickOf(pointerId: number, onRelease: () => void): void {
  const over = new AbortController();
  const listen = { capture: true, signal: over.signal };
  const release = (event: globalThis.PointerEvent) => {
    if (event.pointerId === pointerId) onRelease();
  };
  window.addEventListener('pointerup', release, listen);
  window.addEventListener('pointercancel', release, listen);
  const swallow = (event: globalThis.MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    over.abort();
  };
  window.addEventListener('click', swallow, listen);
  // The next press is a new one; its click is meant.
  window.addEventListener('pointerdown', () => over.abort(), listen);
  window.addEventListener('keydown', () => over.abort(), listen);
}

type Press = { readonly timer: number; readonly x: number; readonly y: number };

/**
 * Pointer behaviour of the options, handled once on the listbox: hover by mouse or pen, click, Ctrl/⌘ and Shift click,
 * a right click that opens the face's menu at a point of the window, and on touch a long press that starts a multiple selection, in which taps toggle until nothing is selected.
 * `held` is there from a long press until the finger goes up: nothing may move under it.
 */
export function useOptionPointer(
  shown: readonly FaceId[],
  onMenu: (id: FaceId, at: { readonly x: number; readonly y: number }) => void,
) {
  const press = useRef<Press>(undefined);
  const wasLongPress = useRef(false);
  const [held, setHeld] = useState<HeldPress>();
  // A list that goes away under a finger selects nothing any more.
  useEffect(() => () => clearTimeout(press.current?.timer), []);

  const faceAt = (event: SyntheticEvent): FaceId | undefined => {
    const option = event.target instanceof Element ? event.target.closest(`[${FACE_ATTRIBUTE}]`) : null;
    const id = option?.getAttribute(FACE_ATTRIBUTE);
    return shown.find((face) => face === id);
  };
  const endPress = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };

  const handlers = {
    onPointerOver: (event: PointerEvent) => {
      if (event.pointerType !== 'touch') selectionStore.getState().hover(faceAt(event));
    },
    onPointerLeave: () => {
      endPress();
      selectionStore.getState().hover(undefined);
    },
    onPointerDown: (event: PointerEvent) => {
      wasLongPress.current = false;
      const id = faceAt(event);
      if (event.pointerType !== 'touch' || id === undefined) return;
      endPress();
      const { scope } = selectionStore.getState();
      const timer = window.setTimeout(() => {
        const store = selectionStore.getState();
        // Another picture was opened meanwhile, by a key or as it came in: the face is none of its faces.
        if (store.scope !== scope) return;
        wasLongPress.current = true;
        setHeld({ primaryBefore: primaryOf(currentSelection(store)) });
        swallowClickOf(event.pointerId, () => setHeld(undefined));
        store.addToSelection(id);
      }, LONG_PRESS_MS);
      press.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      const start = press.current;
      if (start !== undefined && Math.hypot(event.clientX - start.x, event.clientY - start.y) > DRIFT) endPress();
    },
    onPointerUp: endPress,
    onPointerCancel: endPress,
    onContextMenu: (event: MouseEvent) => {
      // A long press on touch means selecting here, not the browser's menu.
      const id = faceAt(event);
      const isByFinger = press.current !== undefined || wasLongPress.current;
      if (isByFinger || id !== undefined) event.preventDefault();
      if (!isByFinger && id !== undefined) onMenu(id, { x: event.clientX, y: event.clientY });
    },
    onClick: (event: MouseEvent) => {
      const id = faceAt(event);
      if (id === undefined) return;
      const store = selectionStore.getState();
      if (event.shiftKey) store.extendTo(id, shown);
      else if (event.ctrlKey || event.metaKey || store.multiSelectMode) store.toggle(id);
      else store.select(id);
    },
  };
  return { held, handlers };
}
