import type { ImageRect, Size } from '#shared/geometry/spaces.ts';

/**
 * Cuts a crop out of a picture as PNG, at the picture's own resolution. `bound` is in pixels of `size`, the space of
 * the boxes; the file may have more or fewer pixels. Rejects when the browser cannot decode the picture.
 */
export async function cutCrop(picture: Blob, size: Size, bound: ImageRect): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  try {
    const scaleX = bitmap.width / size.width;
    const scaleY = bitmap.height / size.height;
    const width = Math.max(1, Math.round(bound.width * scaleX));
    const height = Math.max(1, Math.round(bound.height * scaleY));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser gives no 2D canvas.');
    context.drawImage(
      bitmap,
      bound.x * scaleX,
      bound.y * scaleY,
      bound.width * scaleX,
      bound.height * scaleY,
      0,
      0,
      width,
      height,
    );
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    bitmap.close();
  }
}
