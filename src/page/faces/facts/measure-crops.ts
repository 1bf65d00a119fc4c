import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { sharpnessOf } from '../model/sharpness.ts';

/** Crops to measure, each in pixels of `size`, the space of the boxes; the file may have more or fewer pixels. */
export type MeasureCrops = { readonly picture: Blob; readonly size: Size; readonly bounds: readonly ImageRect[] };

/** `not-measured`: the browser cannot decode the picture, or gave up. */
export type MeasureFailure = 'not-measured';

/** Share of the box's side that is left out on each side: hair, ears, and what is behind them. */
const MARGIN = 0.15;
/** Crops with more pixels on their shorter side are halved first, which averages four pixels in every browser. */
const MOST_PIXELS = 512;

/** The sharpness of each crop, in their order. Runs in a worker; never throws. */
export async function measureCrops({
  picture,
  size,
  bounds,
}: MeasureCrops): Promise<Result<readonly number[], MeasureFailure>> {
  try {
    const bitmap = await createImageBitmap(picture);
    try {
      return ok(bounds.map((bound) => sharpnessOf(pixelsOf(bitmap, inner(bound, size, bitmap)))));
    } finally {
      bitmap.close();
    }
  } catch {
    return err('not-measured');
  }
}

/** The middle of a box in whole pixels of the file. */
function inner(bound: ImageRect, from: Size, to: Size): ImageRect {
  const [scaleX, scaleY] = [to.width / from.width, to.height / from.height];
  const left = Math.round((bound.x + bound.width * MARGIN) * scaleX);
  const top = Math.round((bound.y + bound.height * MARGIN) * scaleY);
  const right = Math.round((bound.x + bound.width * (1 - MARGIN)) * scaleX);
  const bottom = Math.round((bound.y + bound.height * (1 - MARGIN)) * scaleY);
  return imageRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
}

function pixelsOf(bitmap: ImageBitmap, { x, y, width, height }: ImageRect): ImageData {
  let drawn = canvasOf({ width, height }, Math.min(width, height) > MOST_PIXELS ? 2 : 1);
  drawn.context.drawImage(bitmap, x, y, width, height, 0, 0, drawn.canvas.width, drawn.canvas.height);
  while (Math.min(drawn.canvas.width, drawn.canvas.height) > MOST_PIXELS) {
    const half = canvasOf(drawn.canvas, 2);
    half.context.drawImage(drawn.canvas, 0, 0, half.canvas.width, half.canvas.height);
    drawn = half;
  }
  return drawn.context.getImageData(0, 0, drawn.canvas.width, drawn.canvas.height);
}

/** White, so that what shows through counts as plain. Throws when the browser gives no canvas. */
function canvasOf({ width, height }: Size, shrink: number) {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width / shrink)), Math.max(1, Math.round(height / shrink)));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, context };
}
