import type { Size } from '#shared/geometry/spaces.ts';

/**
 * Most pixels of a canvas on iOS (4096 × 4096); other browsers have more. Up to here a canvas is taken for granted,
 * beyond it one is tried first. https://developer.mozilla.org/docs/Web/HTML/Element/canvas#maximum_canvas_size
 */
export const SURE_PIXELS = 16_777_216;

export type Canvas = { readonly canvas: OffscreenCanvas; readonly context: OffscreenCanvasRenderingContext2D };

/** A canvas of this size in pixels; nothing where this browser has none so large. */
export const canvasWithin = (size: Size, alpha: boolean): Canvas | undefined =>
  size.width * size.height <= SURE_PIXELS ? canvasOf(size, alpha) : triedCanvas(size, alpha);

/** A canvas too large for the browser is no error: it stays empty whatever is drawn. */
function triedCanvas(size: Size, alpha: boolean): Canvas | undefined {
  try {
    const made = canvasOf(size, alpha);
    made.context.fillStyle = '#fff';
    made.context.fillRect(size.width - 1, size.height - 1, 1, 1);
    const [red] = made.context.getImageData(size.width - 1, size.height - 1, 1, 1).data;
    if (red === 255) {
      made.context.clearRect(size.width - 1, size.height - 1, 1, 1);
      return made;
    }
    release(made);
  } catch {
    // Some browsers do throw.
  }
  return undefined;
}

/** Throws when the browser gives no canvas. */
export function canvasOf({ width, height }: Size, alpha: boolean): Canvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha });
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  return { canvas, context };
}

/** Safari frees the memory of a canvas when it has no size, not when it is forgotten. */
export function release({ canvas }: Canvas): void {
  canvas.width = 0;
  canvas.height = 0;
}
