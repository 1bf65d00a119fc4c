import { type Orientation, uprightSize, uprightTransform } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** A canvas that holds the picture upright, in sRGB, at the size that is sent. */
export type Drawing = { readonly canvas: OffscreenCanvas; readonly context: OffscreenCanvasRenderingContext2D };

/** Rows looked at together when searching for transparency: few enough to keep memory small. */
const STRIP_ROWS = 256;

/**
 * Down to half the size, four neighbours hold all that a new pixel needs. Beyond, and for enlarging, browsers need to be
 * asked for more, which takes three times as long: for 24 megapixels as long as decoding them.
 */
const smoothingFor = (scale: number): ImageSmoothingQuality => (scale >= 0.5 && scale <= 1 ? 'low' : 'high');

/** Draws stored pixels upright at `target` size (upright pixels). Throws when the browser gives no canvas. */
export function drawUpright(bitmap: ImageBitmap, orientation: Orientation, target: Size): Drawing {
  const canvas = new OffscreenCanvas(target.width, target.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('No 2D canvas');
  paintUpright(context, bitmap, orientation, target);
  return { canvas, context };
}

/** Paints stored pixels upright onto a canvas of `target` size (upright pixels). */
export function paintUpright(
  context: OffscreenCanvasRenderingContext2D,
  bitmap: ImageBitmap,
  orientation: Orientation,
  target: Size,
): void {
  const drawn = uprightSize(target, orientation);
  context.imageSmoothingQuality = smoothingFor(drawn.width / bitmap.width);
  context.setTransform(...uprightTransform(drawn, orientation));
  context.drawImage(bitmap, 0, 0, drawn.width, drawn.height);
  context.resetTransform();
}

/** Gives the pixels back at once. Left to be collected, they would lie beside those of the next picture for a while. */
export function releaseDrawing({ canvas }: Drawing): void {
  canvas.width = 0;
  canvas.height = 0;
}

/** True when any pixel is not fully opaque. */
export function hasTransparency({ canvas, context }: Drawing): boolean {
  for (let top = 0; top < canvas.height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, canvas.height - top);
    const { data } = context.getImageData(0, top, canvas.width, rows);
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
  }
  return false;
}

/** Puts white behind everything: JPEG knows no transparency and would show black. */
export function flattenOnWhite({ canvas, context }: Drawing): void {
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
}
