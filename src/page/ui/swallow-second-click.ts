import type { MouseEvent as ReactMouseEvent } from 'react';

/** The longest pause within a double click, in milliseconds, as systems come. */
const LONGEST_PAUSE_MS = 500;
/** How far the second click may be from the first, in CSS pixels. */
const REACH = 8;
const EVENTS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick'] as const;

/**
 * Call it when a click takes away what was clicked: the second half of a double click would land on what lay behind,
 * and close or choose something that nobody meant. It reaches nobody. A press elsewhere ends it, as does half a second.
 */
export function swallowSecondClick({ detail, clientX, clientY }: ReactMouseEvent): void {
  // Keys click as well, at no place.
  if (detail === 0) return;
  const listening = new AbortController();
  for (const type of EVENTS) {
    window.addEventListener(
      type,
      (event) => {
        if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > REACH) {
          // Pressed elsewhere meanwhile: what comes here after that is no second half.
          if (event.type === 'pointerdown') listening.abort();
          return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      { capture: true, signal: listening.signal },
    );
  }
  setTimeout(() => listening.abort(), LONGEST_PAUSE_MS);
}
