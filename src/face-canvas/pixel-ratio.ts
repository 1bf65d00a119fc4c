import type { Size } from '#shared/geometry/spaces.ts';

/**
 * Largest area of one canvas, in device pixels. Safari on iOS shows nothing beyond it (16,777,216 = 4096²); other
 * browsers allow more and gain nothing from it.
 */
export const MAX_CANVAS_AREA = 16_777_216;

/** Device pixels per stage pixel for a stage of this size: the screen's own ratio, less where the canvas would get too large. */
export function canvasPixelRatio(stage: Size, devicePixelRatio: number): number {
  const area = Math.max(1, stage.width * stage.height);
  return Math.min(Math.max(1, devicePixelRatio), Math.sqrt(MAX_CANVAS_AREA / area));
}

/**
 * The largest length in stage pixels, up to the given one, that is a whole number of device pixels: a canvas has only
 * whole ones, and a length that differs from them would resample everything on it. The hair above keeps a canvas that
 * rounds down from losing a pixel to floating point.
 */
export function wholePixels(length: number, pixelRatio: number): number {
  const pixels = length * pixelRatio;
  return Number.isInteger(pixels) ? length : (Math.floor(pixels) + 1e-6) / pixelRatio;
}

/**
 * Calls back when the window's device pixel ratio changes: another monitor, or the browser's own zoom. There is no
 * event for it; a media query on the present ratio stops matching instead. Returns the function that ends it.
 */
export function onPixelRatioChange(callback: () => void): () => void {
  let query: MediaQueryList | undefined;
  const listen = () => {
    query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', changed, { once: true });
  };
  const changed = () => {
    listen();
    callback();
  };
  listen();
  return () => query?.removeEventListener('change', changed);
}
