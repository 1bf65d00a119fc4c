import { type RefObject, useEffect, useEffectEvent } from 'react';

/**
 * Shows an element full screen where the browser allows it, for as long as it is there. `onLeave` is called when the
 * person leaves full screen by the browser's own means. Without full screen nothing happens: the element covers the
 * window anyway.
 */
export function useFullScreen(element: RefObject<HTMLElement | null>, onLeave: () => void): void {
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    const target = element.current;
    let ended = false;
    // iPhones have it for videos only; frames and policies may forbid it.
    target?.requestFullscreen?.({ navigationUI: 'hide' }).then(
      () => {
        if (ended) void exit(target);
      },
      () => undefined,
    );
    let wasFull = false;
    const onChange = () => {
      const isFull = document.fullscreenElement === target;
      if (wasFull && !isFull) leave();
      wasFull = isFull;
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      ended = true;
      document.removeEventListener('fullscreenchange', onChange);
      if (target !== null) void exit(target);
    };
  }, [element]);
}

async function exit(target: Element): Promise<void> {
  // It may have ended by itself in between.
  if (document.fullscreenElement === target) await document.exitFullscreen().catch(() => undefined);
}
