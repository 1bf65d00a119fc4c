import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { createNumberPreference } from '#page/platform/preference.ts';

declare module 'react' {
  interface CSSProperties {
    /** Width of the column of faces (`workspace.tsx`). */
    readonly '--panel'?: string | undefined;
  }
}

/** Narrowest column of faces, in CSS pixels. */
const LEAST_PANEL = 320;
/** Widest, as a share of the window. */
const MOST_SHARE = 0.5;
/** How far an arrow key moves the edge, in CSS pixels. */
const STEP = 16;

const preference = createNumberPreference('facebound.panel-width', LEAST_PANEL);

/** CSS width of the column of faces as it was chosen, held between its bounds; undefined where nobody chose. */
export function useChosenPanelWidth(): string | undefined {
  const width = preference.use();
  return width === undefined ? undefined : `clamp(${LEAST_PANEL}px, ${width}px, ${MOST_SHARE * 100}%)`;
}

/**
 * The left edge of the column of faces, to be dragged, or moved by arrows, Home and End; a double click or Enter gives
 * back the usual width. It stands in the column that it sizes.
 */
export function PanelEdge() {
  const edge = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly fromX: number; readonly width: number }>(undefined);
  const [at, setAt] = useState({ width: LEAST_PANEL, most: LEAST_PANEL });

  useLayoutEffect(() => {
    const column = edge.current?.parentElement;
    const row = column?.parentElement;
    if (column === null || column === undefined || row === null || row === undefined) return;
    const measure = () => {
      const width = Math.round(column.getBoundingClientRect().width);
      const most = Math.max(LEAST_PANEL, Math.floor(row.clientWidth * MOST_SHARE));
      setAt((last) => (last.width === width && last.most === most ? last : { width, most }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(column);
    observer.observe(row);
    return () => observer.disconnect();
  }, []);

  const resize = (width: number) => preference.set(Math.round(Math.min(Math.max(width, LEAST_PANEL), at.most)));
  const reset = () => preference.set(undefined);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    switch (event.key) {
      case 'ArrowLeft':
        resize(at.width + STEP);
        break;
      case 'ArrowRight':
        resize(at.width - STEP);
        break;
      case 'Home':
        resize(LEAST_PANEL);
        break;
      case 'End':
        resize(at.most);
        break;
      case 'Enter':
        reset();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const onPointerMove = ({ clientX }: PointerEvent) => {
    const from = drag.current;
    if (from !== undefined) resize(from.width + from.fromX - clientX);
  };
  const endDrag = () => {
    drag.current = undefined;
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      ref={edge}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the face list"
      aria-valuenow={at.width}
      aria-valuemin={LEAST_PANEL}
      aria-valuemax={at.most}
      aria-valuetext={`${at.width} pixels`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { fromX: event.clientX, width: at.width };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
      onDoubleClick={reset}
      className="group absolute inset-y-0 -left-[5px] z-30 w-[9px] cursor-ew-resize touch-none rounded-sm -outline-offset-2 select-none focus:not-focus-visible:outline-none pointer-coarse:-left-3 pointer-coarse:w-6"
    >
      <span className="absolute inset-y-0 left-[calc(50%-1px)] w-0.5 group-hover:bg-accent group-active:bg-accent group-focus-visible:bg-transparent" />
      <span className="absolute top-1/2 left-[calc(50%-4px)] h-9 w-2 -translate-y-1/2 rounded-full group-hover:bg-accent group-focus-visible:bg-accent group-active:bg-accent pointer-coarse:bg-line-strong" />
    </div>
  );
}
