import { sha256Hex } from '#page/platform/sha256.ts';
import { shrinkToJpeg } from '#page/platform/shrink-to-jpeg.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { type LinkWarnings, linkWarnings } from '../model/link-warnings.ts';

/** What the page needs to know of a picture before it shows it. */
export type Measured = {
  /** Upright size in pixels. */
  readonly size: Size;
  /** A small JPEG for the filmstrip. */
  readonly thumbnail: Blob;
};

/** The same with what the bytes themselves say. */
export type MeasuredLink = Measured &
  LinkWarnings & {
    /** SHA-256 of the bytes, hex. */
    readonly sha256: string;
  };

export type MeasureRequest = { readonly blob: Blob };

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

/** The same for a picture that is sent as it is. Rejects when the browser cannot decode it. */
export async function measureLink(blob: Blob): Promise<MeasuredLink> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { ...(await measure(blob)), ...linkWarnings(bytes), sha256: await sha256Hex(bytes) };
}

/** A small JPEG of a picture for the filmstrip. */
export const thumbnailOf = (picture: ImageBitmap | OffscreenCanvas): Promise<Blob> =>
  shrinkToJpeg(picture, Math.min(1, THUMBNAIL_SIDE / Math.min(picture.width, picture.height)), THUMBNAIL_QUALITY);
