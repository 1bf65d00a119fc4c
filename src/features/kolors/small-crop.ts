import type { ImageRect, Size } from '#domain/geometry/spaces.ts';
import { cutCrop } from '#lib/cut-crop.ts';

/** Longest side of a crop that is kept beside a generation, in pixels. */
const MAX_SIDE = 640;

/** A small JPEG of a face, for comparing it with what was made of it; undefined when it cannot be cut. */
export async function smallCrop(picture: Blob, size: Size, bound: ImageRect): Promise<Blob | undefined> {
  try {
    const bitmap = await createImageBitmap(await cutCrop(picture, size, bound));
    try {
      const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
      const canvas = new OffscreenCanvas(
        Math.max(1, Math.round(bitmap.width * scale)),
        Math.max(1, Math.round(bitmap.height * scale)),
      );
      const context = canvas.getContext('2d');
      if (context === null) return undefined;
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 });
    } finally {
      bitmap.close();
    }
  } catch {
    return undefined;
  }
}
