import { useEffect, useRef, useState } from 'react';
import { type DragContent, dragContent } from './drag-content.ts';

/**
 * What is being dragged over the window from outside; nothing while the page drags something of its own, which must
 * never come back in. `isOwnDrag` tells that apart for the handlers of a drop.
 */
export function useDrag(): { readonly dragged: DragContent | undefined; readonly isOwnDrag: () => boolean } {
  const [dragged, setDragged] = useState<DragContent>();
  const own = useRef(false);

  useEffect(() => {
    // Enter and leave come in pairs for every element that the pointer crosses; outside means none is left.
    const entered = new Set<EventTarget>();
    const over = () => {
      entered.clear();
      setDragged(undefined);
    };
    const onOwnEnd = () => {
      own.current = false;
      over();
    };
    const onEnter = (event: DragEvent) => {
      if (event.target !== null) entered.add(event.target);
      if (!own.current && event.dataTransfer !== null) setDragged(dragContent(event.dataTransfer));
    };
    const onLeave = (event: DragEvent) => {
      if (event.target !== null) entered.delete(event.target);
      for (const target of entered) if (target instanceof Node && !target.isConnected) entered.delete(target);
      if (entered.size === 0) setDragged(undefined);
    };
    const onStart = () => {
      own.current = true;
    };
    const listening = new AbortController();
    const until = { signal: listening.signal, capture: true };
    document.addEventListener('dragstart', onStart, until);
    document.addEventListener('dragenter', onEnter, until);
    document.addEventListener('dragleave', onLeave, until);
    document.addEventListener('drop', over, until);
    // `dragend` comes after the drop, and not at all when the dragged element is gone by then.
    document.addEventListener('dragend', onOwnEnd, until);
    document.addEventListener('pointerdown', onOwnEnd, until);
    return () => listening.abort();
  }, []);

  return { dragged, isOwnDrag: () => own.current };
}
