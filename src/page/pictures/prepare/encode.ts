import type { AssetContentType } from '#contract/limits.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { smallerSize } from '../model/target-size.ts';
import { type Drawing, flattenOnWhite, hasTransparency, releaseDrawing } from './draw.ts';

export type Encoded = {
  readonly blob: Blob;
  readonly contentType: AssetContentType;
  readonly size: Size;
  readonly flattened: boolean;
  readonly compressedToFit: boolean;
  /** False when the file's own bytes are kept. */
  readonly redrawn: boolean;
};

/** JPEG qualities in the order they are tried; at the first, artefacts are invisible to a detector and to most eyes. */
const QUALITIES = [0.92, 0.85, 0.75] as const;
/** How far below the limit a smaller size aims, because bytes do not shrink exactly with pixels. */
const MARGIN = 0.9;

/**
 * Encodes within `maxBytes`: PNG while it is transparent and fits, else JPEG, at lower quality and then smaller until
 * it fits. `redraw` draws the picture anew at a smaller size. Uses its drawings up. Throws when the browser cannot encode.
 */
export async function encode(
  first: Drawing,
  mayHaveAlpha: boolean,
  maxBytes: number,
  redraw: (size: Size) => Promise<Drawing>,
): Promise<Encoded> {
  const transparent = mayHaveAlpha && hasTransparency(first);
  if (transparent) {
    const blob = await first.canvas.convertToBlob({ type: 'image/png' });
    const size = { width: first.canvas.width, height: first.canvas.height };
    if (blob.size <= maxBytes) {
      releaseDrawing(first);
      return { blob, contentType: 'image/png', size, flattened: false, compressedToFit: false, redrawn: true };
    }
  }
  return {
    ...(await encodeJpeg(first, transparent, maxBytes, redraw)),
    contentType: 'image/jpeg',
    flattened: transparent,
    redrawn: true,
  };
}

async function encodeJpeg(
  first: Drawing,
  transparent: boolean,
  maxBytes: number,
  redraw: (size: Size) => Promise<Drawing>,
): Promise<Pick<Encoded, 'blob' | 'size' | 'compressedToFit'>> {
  let drawing = first;
  let compressedToFit = false;
  for (;;) {
    if (transparent) flattenOnWhite(drawing);
    const size = { width: drawing.canvas.width, height: drawing.canvas.height };
    let lightest = Number.POSITIVE_INFINITY;
    for (const quality of QUALITIES) {
      const blob = await drawing.canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (blob.size <= maxBytes) {
        releaseDrawing(drawing);
        return { blob, size, compressedToFit };
      }
      lightest = Math.min(lightest, blob.size);
      compressedToFit = true;
    }
    const smaller = smallerSize(size, (maxBytes / lightest) * MARGIN);
    if (smaller === undefined) throw new Error('Too heavy at the least size');
    releaseDrawing(drawing);
    drawing = await redraw(smaller);
  }
}
