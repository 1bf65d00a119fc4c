import { type RefObject, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Size } from '#shared/geometry/spaces.ts';
import { canvasPixelRatio, onPixelRatioChange, wholePixels } from './pixel-ratio.ts';
import type { StageLayout } from './room.ts';

/**
 * The stage's size in stage pixels, its canvases' device pixels per stage pixel, the page's layout, and how much
 * larger than usual the reader's text is.
 */
export type StageSize = {
  readonly stage: Size;
  readonly pixelRatio: number;
  readonly layout: StageLayout;
  readonly textScale: number;
};

const NOTHING: StageSize = { stage: { width: 0, height: 0 }, pixelRatio: 1, layout: 'desk', textScale: 1 };

/** Font size of the root where nobody asked for another, in CSS pixels. */
const USUAL_TEXT = 16;

/** Follows an element's size, the page's layout and the screen's pixel density, in the same frame in which they change. */
export function useStageSize(container: RefObject<HTMLElement | null>, layoutNow: () => StageLayout): StageSize {
  const [size, setSize] = useState(NOTHING);
  useLayoutEffect(() => {
    const element = container.current;
    if (element === null) return;
    const measure = () => setSize((before) => keepEqual(before, measured(element, layoutNow)));
    measure();
    // The observer runs between layout and painting: rendered here and now, no frame shows boxes of the old size.
    const observer = new ResizeObserver(() => flushSync(measure));
    observer.observe(element);
    const stopWatching = onPixelRatioChange(measure);
    return () => {
      observer.disconnect();
      stopWatching();
    };
  }, [container, layoutNow]);
  return size;
}

function measured(element: HTMLElement, layoutNow: () => StageLayout): StageSize {
  const { clientWidth, clientHeight } = element;
  const pixelRatio = canvasPixelRatio({ width: clientWidth, height: clientHeight }, window.devicePixelRatio);
  const stage = { width: wholePixels(clientWidth, pixelRatio), height: wholePixels(clientHeight, pixelRatio) };
  const textScale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_TEXT;
  return { stage, pixelRatio, layout: layoutNow(), textScale };
}

const keepEqual = (before: StageSize, now: StageSize): StageSize =>
  before.stage.width === now.stage.width &&
  before.stage.height === now.stage.height &&
  before.pixelRatio === now.pixelRatio &&
  before.layout === now.layout &&
  before.textScale === now.textScale
    ? before
    : now;
