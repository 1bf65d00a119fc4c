/**
 * Cuts display bitmaps out of a picture away from the page's thread: resampling 24 megapixels takes a third of a
 * second. It gets the picture once and steps it down by halves, so that shrinking never skips pixels (which looks
 * jagged), and answers every request with one bitmap at exactly the pixels asked for.
 */
import type { Size } from '#domain/geometry/spaces.ts';
import type { Cut } from './picture-cut.ts';

export type WorkerRequest =
  | { readonly kind: 'open'; readonly source: ImageBitmap; readonly picture: Size }
  | { readonly kind: 'cut'; readonly cut: Cut };
export type WorkerReply = { readonly cut: Cut; readonly bitmap: ImageBitmap };

/** From this magnification on single pixels are what one wants to see, so they stay square. */
const SQUARE_PIXELS_FROM = 8;

/** The picture, and each time half of the one before; made when first needed. */
const levels: (ImageBitmap | OffscreenCanvas)[] = [];
let picture: Size = { width: 1, height: 1 };

self.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.kind === 'open') {
    levels.splice(0, levels.length, data.source);
    picture = data.picture;
    return;
  }
  const reply: WorkerReply = { cut: data.cut, bitmap: make(data.cut) };
  self.postMessage(reply, { transfer: [reply.bitmap] });
};

function make(cut: Cut): ImageBitmap {
  const canvas = new OffscreenCanvas(cut.width, cut.height);
  const context = canvas.getContext('2d');
  const width = picture.width * cut.magnification;
  const height = picture.height * cut.magnification;
  const level = levelFor(width);
  if (context !== null && level !== undefined) {
    context.imageSmoothingEnabled = cut.magnification < SQUARE_PIXELS_FROM;
    context.imageSmoothingQuality = 'high';
    context.drawImage(level, -cut.x, -cut.y, width, height);
  }
  return canvas.transferToImageBitmap();
}

/** The smallest level that is not narrower than `width`. */
function levelFor(width: number): ImageBitmap | OffscreenCanvas | undefined {
  let chosen = levels[0];
  for (let index = 1; chosen !== undefined && chosen.width / 2 >= width; index++) {
    chosen = levels[index] ??= halve(chosen);
  }
  return chosen;
}

function halve(level: ImageBitmap | OffscreenCanvas): OffscreenCanvas {
  const half = new OffscreenCanvas(Math.max(1, Math.round(level.width / 2)), Math.max(1, Math.round(level.height / 2)));
  const context = half.getContext('2d');
  if (context !== null) {
    // At exactly half, bilinear sampling averages each four pixels: nothing is skipped, nothing is costlier than needed.
    context.imageSmoothingQuality = 'low';
    context.drawImage(level, 0, 0, half.width, half.height);
  }
  return half;
}
