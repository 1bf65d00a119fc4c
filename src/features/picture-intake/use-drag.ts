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
      own.current = false;
      setDragged(undefined);
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
    document.addEventListener('dragend', over, until);
    // In the bubbling phase: the handlers of the drop itself still ask whether it is the page's own.
    document.addEventListener('drop', over, { signal: listening.signal });
    return () => listening.abort();
  }, []);

  return { dragged, isOwnDrag: () => own.current };
}
