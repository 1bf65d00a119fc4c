import { type RefObject, useEffect, useRef, useState } from 'react';

/** How long the pointer must rest before what belongs to it goes away, in milliseconds. */
const IDLE_MS = 2_500;

export type Idle = {
  /** True while the pointer has rested over the element. */
  readonly isIdle: boolean;
  /** The same, read in an event: a press may follow a move before anything was drawn in between. */
  readonly idleNow: { readonly current: boolean };
};

/** Follows whether the pointer rests over the element. */
export function useIdle(element: RefObject<HTMLElement | null>): Idle {
  const [isIdle, setIsIdle] = useState(false);
  const idleNow = useRef(false);
  useEffect(() => {
    const target = element.current;
    const set = (idle: boolean) => {
      idleNow.current = idle;
      setIsIdle(idle);
    };
    let timer = setTimeout(() => set(true), IDLE_MS);
    const wake = () => {
      set(false);
      clearTimeout(timer);
      timer = setTimeout(() => set(true), IDLE_MS);
    };
    target?.addEventListener('pointermove', wake);
    target?.addEventListener('pointerdown', wake);
    return () => {
      clearTimeout(timer);
      target?.removeEventListener('pointermove', wake);
      target?.removeEventListener('pointerdown', wake);
    };
  }, [element]);
  return { isIdle, idleNow };
}
