import { type RefObject, useEffectEvent, useLayoutEffect } from 'react';

/** The end of an earlier full screen, for as long as the browser works on it. */
let ending: Promise<void> | undefined;

/**
 * Shows an element full screen where the browser allows it, for as long as it is there. `onLeave` is called when the
 * person leaves full screen by the browser's own means. Without full screen nothing happens: the element covers the
 * window anyway.
 *
 * A layout effect, because its end comes before the element is taken out of the page. An element that is simply taken
 * out is at once no longer `document.fullscreenElement`, while the window is still being made small: a presentation
 * begun in that moment was ended by the late end of the one before.
 */
export function useFullScreen(element: RefObject<HTMLElement | null>, onLeave: () => void): void {
  const leave = useEffectEvent(onLeave);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    let ended = false;
    let wasFull = false;
    const begin = async (): Promise<void> => {
      // The press that allows it counts for some seconds, and so still after waiting.
      if (ending !== undefined) await ending;
      if (ended) return;
      // iPhones have it for videos only; frames and policies may forbid it.
      await target.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => undefined);
      if (ended) exit(target);
    };
    const onChange = () => {
      const isFull = document.fullscreenElement === target;
      if (wasFull && !isFull) leave();
      wasFull = isFull;
    };
    document.addEventListener('fullscreenchange', onChange);
    void begin();
    return () => {
      ended = true;
      document.removeEventListener('fullscreenchange', onChange);
      exit(target);
    };
  }, [element]);
}

function exit(target: Element): void {
  // It may have ended by itself in between.
  if (document.fullscreenElement !== target) return;
  const end = document.exitFullscreen().then(
    () => undefined,
    () => undefined,
  );
  ending = end;
  void end.then(() => {
    if (ending === end) ending = undefined;
  });
}
