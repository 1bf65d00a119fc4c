import type { Size } from '#domain/geometry/spaces.ts';

/** Shortest side of a filmstrip thumbnail, in pixels: twice the 72 px square that it fills. */
const THUMBNAIL_SIDE = 144;

/**
 * Decodes a picture once: its upright size in pixels, and a small JPEG of it for the filmstrip. Rejects when the
 * browser cannot decode it.
 */
export async function measurePicture(blob: Blob): Promise<{ size: Size; thumbnail: Blob }> {
  const bitmap = await createImageBitmap(blob);
  try {
    const scale = Math.min(1, THUMBNAIL_SIDE / Math.min(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    );
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser gives no 2D canvas.');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return {
      size: { width: bitmap.width, height: bitmap.height },
      thumbnail: await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 }),
    };
  } finally {
    bitmap.close();
  }
}
