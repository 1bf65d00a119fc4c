/**
 * A small JPEG of a picture, what is transparent on white. `scale` is pixels of the copy per pixel of the picture, at
 * most 1; `quality` is 0 to 1. Throws where there is no 2D canvas.
 */
export function shrinkToJpeg(picture: ImageBitmap | OffscreenCanvas, scale: number, quality: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('No 2D canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'medium';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}
