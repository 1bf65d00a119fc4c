import { putCheckerboardBehind } from '#face-canvas/checkerboard.ts';

/**
 * A small JPEG of a picture, what is transparent on a checkerboard. `scale` is pixels of the copy per pixel of the picture, at
 * most 1; `quality` is 0 to 1. Throws where there is no 2D canvas.
 */
export async function shrinkToJpeg(
  picture: ImageBitmap | OffscreenCanvas,
  scale: number,
  quality: number,
): Promise<Blob> {
  const { canvas, context } = canvasOf(picture.width * scale, picture.height * scale);
  const source = halvedTowards(picture, canvas);
  context.imageSmoothingQuality = 'medium';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  putCheckerboardBehind(context, { x: 0, y: 0, width: canvas.width, height: canvas.height });
  const copy = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  // Left to be collected, the canvases of hundreds of copies would lie beside each other.
  canvas.width = 0;
  if (source instanceof OffscreenCanvas && source !== picture) source.width = 0;
  return copy;
}

function canvasOf(width: number, height: number) {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D canvas');
  return { canvas, context };
}

/**
 * The picture, or a canvas of it that is less than four times as wide as what is wanted. Asked to shrink further at once,
 * browsers make all halves of the picture and keep them for a while, 16 MB for a photograph of 12 megapixels.
 */
function halvedTowards(picture: ImageBitmap | OffscreenCanvas, wanted: OffscreenCanvas): ImageBitmap | OffscreenCanvas {
  let source = picture;
  while (source.width >= 4 * wanted.width && source.height >= 4 * wanted.height) {
    const half = canvasOf(source.width / 2, source.height / 2);
    // At half the size four neighbours hold all that a new pixel needs.
    half.context.imageSmoothingQuality = 'low';
    half.context.drawImage(source, 0, 0, half.canvas.width, half.canvas.height);
    if (source instanceof OffscreenCanvas && source !== picture) source.width = 0;
    source = half.canvas;
  }
  return source;
}
