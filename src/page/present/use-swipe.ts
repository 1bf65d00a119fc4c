import { type PointerEvent, useRef } from 'react';

/** How far a finger must go to mean a swipe, in CSS pixels, and how much farther across than up or down. */
const SWIPE = { distance: 48, slant: 1.5 };

/** Handlers for an element on which a finger's swipe to the left goes on and one to the right goes back. */
export function useSwipe(onSwipe: (by: 1 | -1) => void) {
  const begun = useRef<{ readonly id: number; readonly x: number; readonly y: number }>(undefined);
  return {
    onPointerDown: ({ pointerType, pointerId, clientX, clientY, isPrimary }: PointerEvent) => {
      // A second finger means something else.
      begun.current = pointerType === 'touch' && isPrimary ? { id: pointerId, x: clientX, y: clientY } : undefined;
    },
    onPointerUp: ({ pointerId, clientX, clientY }: PointerEvent) => {
      const start = begun.current;
      begun.current = undefined;
      if (start?.id !== pointerId) return;
      const [dx, dy] = [clientX - start.x, clientY - start.y];
      if (Math.abs(dx) >= SWIPE.distance && Math.abs(dx) > SWIPE.slant * Math.abs(dy)) onSwipe(dx < 0 ? 1 : -1);
    },
    onPointerCancel: () => {
      begun.current = undefined;
    },
  };
}
