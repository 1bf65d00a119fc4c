import { putCheckerboardBehind } from '#face-canvas/checkerboard.ts';
import type { WorkReply } from '#page/platform/worker-pool.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { err, ok } from '#shared/result.ts';
import type { CutCrops, CutFailure, CutRequest } from './crop-protocol.ts';

/**
 * The worker behind `crops.ts`: decodes a picture once and cuts all the crops of it that are wanted. It decodes by
 * itself, and gives the crops away instead of copies.
 */

/** Most pixels of a picture that are decoded, 4 bytes each: what is larger is read smaller. */
const MOST_PIXELS = 40_000_000;

const reply = (message: WorkReply<CutCrops, CutFailure, never>, transfer: Transferable[] = []): void =>
  globalThis.postMessage(message, { transfer });

globalThis.addEventListener('message', async ({ data }: MessageEvent<CutRequest>) => {
  try {
    const bitmaps = await cutAll(data);
    reply({ kind: 'outcome', outcome: ok(bitmaps) }, [...bitmaps]);
  } catch {
    reply({ kind: 'outcome', outcome: err('not-decodable') });
  }
});

async function cutAll({ blob, size, bounds, most }: CutRequest): Promise<ImageBitmap[]> {
  const share = Math.sqrt(MOST_PIXELS / Math.max(1, size.width * size.height));
  const smaller: ImageBitmapOptions =
    share < 1 ? { resizeWidth: Math.round(size.width * share), resizeQuality: 'medium' } : {};
  const picture = await createImageBitmap(blob, smaller);
  try {
    return bounds.map((bound) => cut(picture, size, bound, most, blob.type !== 'image/jpeg'));
  } finally {
    picture.close();
  }
}

function cut(picture: ImageBitmap, size: Size, bound: ImageRect, most: Size, mayHaveAlpha: boolean): ImageBitmap {
  const [scaleX, scaleY] = [picture.width / size.width, picture.height / size.height];
  const [x, y] = [bound.x * scaleX, bound.y * scaleY];
  const [width, height] = [Math.max(1, bound.width * scaleX), Math.max(1, bound.height * scaleY)];
  const shrink = Math.min(1, most.width / width, most.height / height);
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * shrink)), Math.max(1, Math.round(height * shrink)));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
  if (mayHaveAlpha) putCheckerboardBehind(context, { x: 0, y: 0, width: canvas.width, height: canvas.height });
  return canvas.transferToImageBitmap();
}
