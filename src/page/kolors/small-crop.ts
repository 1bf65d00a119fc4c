import { cutCrop } from '#page/painting/cut-crop.ts';
import { shrinkToJpeg } from '#page/platform/shrink-to-jpeg.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';

/** Longest side of a crop that is kept beside a generation, in pixels. */
const MAX_SIDE = 640;
const QUALITY = 0.88;

/** A small JPEG of a face, for comparing it with what was made of it; undefined when it cannot be cut. */
export async function smallCrop(picture: Blob, size: Size, bound: ImageRect): Promise<Blob | undefined> {
  try {
    const bitmap = await createImageBitmap(await cutCrop(picture, size, bound));
    try {
      return await shrinkToJpeg(bitmap, Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height)), QUALITY);
    } finally {
      bitmap.close();
    }
  } catch {
    return undefined;
  }
}
