import { shrinkToJpeg } from '#page/platform/shrink-to-jpeg.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** What the page needs to know of a picture before it shows it. */
export type Measured = {
  /** Upright size in pixels. */
  readonly size: Size;
  /** A small JPEG for the filmstrip. */
  readonly thumbnail: Blob;
};

/** Shortest side of a filmstrip thumbnail, in pixels: twice the 72 px square that it fills. */
const THUMBNAIL_SIDE = 144;
const THUMBNAIL_QUALITY = 0.8;

/** Decodes a picture as the browser shows it. Rejects when the browser cannot. */
export async function measure(blob: Blob): Promise<Measured> {
  const bitmap = await createImageBitmap(blob);
  try {
    return { size: { width: bitmap.width, height: bitmap.height }, thumbnail: await thumbnailOf(bitmap) };
  } finally {
    bitmap.close();
  }
}

/** A small JPEG of a picture for the filmstrip. */
export const thumbnailOf = (picture: ImageBitmap | OffscreenCanvas): Promise<Blob> =>
  shrinkToJpeg(picture, Math.min(1, THUMBNAIL_SIDE / Math.min(picture.width, picture.height)), THUMBNAIL_QUALITY);
