import { type PointerEvent, useEffect, useRef } from 'react';
import type { Point } from './point-menu.tsx';

/** How long a finger rests before it means more than a tap, in milliseconds; the platforms' usual value. */
const LONG_PRESS_MS = 500;

/** How far a resting finger may drift, in CSS pixels. */
const DRIFT = 10;

/**
 * Handlers that tell a finger which rests on something from one that taps or scrolls. `onLongPress` gets what it rests
 * on, and says whether that meant something: then the click that the browser sends on release is kept from what lies there.
 */
export function useLongPress(onLongPress: (target: Element, at: Point) => boolean) {
  const press = useRef<Point & { readonly timer: number }>(undefined);
  const wasLong = useRef(false);
  // What goes away under a finger calls nobody any more.
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      end();
      wasLong.current = false;
      const { target, clientX: x, clientY: y } = event;
      // A second finger means a pinch.
      if (event.pointerType !== 'touch' || !event.isPrimary || !(target instanceof Element)) return;
      const timer = window.setTimeout(() => {
        press.current = undefined;
        wasLong.current = onLongPress(target, { x, y });
      }, LONG_PRESS_MS);
      press.current = { timer, x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const start = press.current;
      if (start !== undefined && Math.hypot(clientX - start.x, clientY - start.y) > DRIFT) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    // A browser that had not yet told it from a tap would press and focus what lies there, and close what has opened.
    onTouchEnd: (event: { readonly cancelable: boolean; readonly preventDefault: () => void }) => {
      if (wasLong.current && event.cancelable) event.preventDefault();
    },
    // The browser's own long press: what it would open is opened by the time that counts here.
    onContextMenuCapture: (event: { readonly stopPropagation: () => void; readonly preventDefault: () => void }) => {
      if (press.current === undefined && !wasLong.current) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onClickCapture: (event: { readonly stopPropagation: () => void; readonly preventDefault: () => void }) => {
      if (!wasLong.current) return;
      wasLong.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
