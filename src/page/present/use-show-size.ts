import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Size } from '#shared/geometry/spaces.ts';

/** Size of the screen, and of its part at the bottom that is kept for words, in CSS pixels. */
export type ShowSize = { readonly screen: Size; readonly caption: number };

/** Follows both. `screen` stays the same object while only the words change their height. */
export function useShowSize(screen: RefObject<HTMLElement | null>, words: RefObject<HTMLElement | null>): ShowSize {
  const [size, setSize] = useState<ShowSize>({ screen: { width: 0, height: 0 }, caption: 0 });
  useLayoutEffect(() => {
    const [whole, part] = [screen.current, words.current];
    if (whole === null || part === null) return;
    const measure = () =>
      setSize((before) => {
        const { clientWidth: width, clientHeight: height } = whole;
        const caption = part.offsetHeight;
        const isSame = before.screen.width === width && before.screen.height === height;
        if (isSame && before.caption === caption) return before;
        return { screen: isSame ? before.screen : { width, height }, caption };
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(whole);
    observer.observe(part);
    return () => observer.disconnect();
  }, [screen, words]);
  return size;
}
