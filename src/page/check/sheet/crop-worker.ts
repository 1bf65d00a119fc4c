import { putCheckerboardBehind } from '#face-canvas/checkerboard.ts';
import { serveWorkerPool } from '#page/platform/worker-pool.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { err, ok } from '#shared/result.ts';
import type { CutCrops, CutFailure, CutRequest } from './crop-protocol.ts';

/**
 * The worker behind `crops.ts`: decodes a picture once and cuts all the crops of it that are wanted. They leave as small
 * JPEGs: what shows thousands of them holds a few kilobytes each, and the browser drops and makes their pixels by itself.
 */

/** Most pixels of a picture that are decoded, 4 bytes each: what is larger is read smaller. */
const MOST_PIXELS = 40_000_000;

/** Of 1. Nothing that a person judges a box by is lost at this size. */
const QUALITY = 0.92;

serveWorkerPool<CutRequest, CutCrops, CutFailure>(async (request) => {
  try {
    return ok(await cutAll(request));
  } catch {
    return err('not-decodable');
  }
});

async function cutAll({ blob, size, bounds, most }: CutRequest): Promise<Blob[]> {
  const share = Math.sqrt(MOST_PIXELS / Math.max(1, size.width * size.height));
  const smaller: ImageBitmapOptions =
    share < 1 ? { resizeWidth: Math.round(size.width * share), resizeQuality: 'medium' } : {};
  const picture = await createImageBitmap(blob, smaller);
  // One canvas for all of them: each has pixels of its own until somebody collects it.
  const canvas = new OffscreenCanvas(1, 1);
  try {
    const crops: Blob[] = [];
    for (const bound of bounds) {
      cut(canvas, picture, size, bound, most, blob.type !== 'image/jpeg');
      crops.push(await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY }));
    }
    return crops;
  } finally {
    picture.close();
    canvas.width = 0;
  }
}

function cut(
  canvas: OffscreenCanvas,
  picture: ImageBitmap,
  size: Size,
  bound: ImageRect,
  most: Size,
  mayHaveAlpha: boolean,
): void {
  const [scaleX, scaleY] = [picture.width / size.width, picture.height / size.height];
  const [x, y] = [bound.x * scaleX, bound.y * scaleY];
  const [width, height] = [Math.max(1, bound.width * scaleX), Math.max(1, bound.height * scaleY)];
  const shrink = Math.min(1, most.width / width, most.height / height);
  // Setting the size clears what was there.
  canvas.width = Math.max(1, Math.round(width * shrink));
  canvas.height = Math.max(1, Math.round(height * shrink));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
  if (mayHaveAlpha) putCheckerboardBehind(context, { x: 0, y: 0, width: canvas.width, height: canvas.height });
}
