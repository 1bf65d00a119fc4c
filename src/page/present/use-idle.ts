import { type RefObject, useEffect, useState } from 'react';

/** How long the pointer must rest before what belongs to it goes away, in milliseconds. */
const IDLE_MS = 2_500;

/** True while the pointer has rested over the element. */
export function useIdle(element: RefObject<HTMLElement | null>): boolean {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    const target = element.current;
    let timer = setTimeout(() => setIsIdle(true), IDLE_MS);
    const wake = () => {
      setIsIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIsIdle(true), IDLE_MS);
    };
    target?.addEventListener('pointermove', wake);
    target?.addEventListener('pointerdown', wake);
    return () => {
      clearTimeout(timer);
      target?.removeEventListener('pointermove', wake);
      target?.removeEventListener('pointerdown', wake);
    };
  }, [element]);
  return isIdle;
}
