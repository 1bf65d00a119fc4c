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
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D canvas');
  context.imageSmoothingQuality = 'medium';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  putCheckerboardBehind(context, { x: 0, y: 0, width: canvas.width, height: canvas.height });
  const copy = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  // Left to be collected, the canvases of hundreds of copies would lie beside each other.
  canvas.width = 0;
  return copy;
}
