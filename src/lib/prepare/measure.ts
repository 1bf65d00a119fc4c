import type { Size } from '#domain/geometry/spaces.ts';

/** What the page needs to know of a picture before it shows it. */
export type Measured = {
  /** Upright size in pixels. */
  readonly size: Size;
  /** A small JPEG for the filmstrip. */
  readonly thumbnail: Blob;
};

/** Shortest side of a filmstrip thumbnail, in pixels: twice the 72 px square that it fills. */
const THUMBNAIL_SIDE = 144;

/** Decodes a picture as the browser shows it. Rejects when the browser cannot. */
export async function measure(blob: Blob): Promise<Measured> {
  const bitmap = await createImageBitmap(blob);
  try {
    return { size: { width: bitmap.width, height: bitmap.height }, thumbnail: await thumbnailOf(bitmap) };
  } finally {
    bitmap.close();
  }
}

/** A small JPEG of a picture, what is transparent on white. */
export function thumbnailOf(picture: ImageBitmap | OffscreenCanvas): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.min(picture.width, picture.height));
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
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}
