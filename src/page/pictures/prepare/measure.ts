import { sha256Hex } from '#page/platform/sha256.ts';
import { shrinkToJpeg } from '#page/platform/shrink-to-jpeg.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { type LinkFacts, linkFacts } from '../model/link-needs.ts';

/** What the page needs to know of a picture before it shows it. */
export type Measured = {
  /** Upright size in pixels. */
  readonly size: Size;
  /** A small JPEG for the filmstrip. */
  readonly thumbnail: Blob;
};

/** What the bytes themselves say, and how the browser shows them. */
export type Inspected = LinkFacts & {
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  /** Undefined where the browser cannot decode them, or nobody needs it. */
  readonly measured: Measured | undefined;
};

/** `unlessCopied`: what is sent as a copy is measured when that is made. */
export type MeasureRequest = { readonly blob: Blob; readonly unlessCopied: boolean };

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

/** Reads a picture's header and measures it. Rejects only for want of memory. */
export async function inspect({ blob, unlessCopied }: MeasureRequest): Promise<Inspected> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const facts = linkFacts(bytes);
  const isMeasured = !unlessCopied || facts.need === undefined;
  const measured = isMeasured ? await measure(blob).catch(() => undefined) : undefined;
  return { ...facts, measured, sha256: await sha256Hex(bytes) };
}

/** A small JPEG of a picture for the filmstrip. */
export const thumbnailOf = (picture: ImageBitmap | OffscreenCanvas): Promise<Blob> =>
  shrinkToJpeg(picture, Math.min(1, THUMBNAIL_SIDE / Math.min(picture.width, picture.height)), THUMBNAIL_QUALITY);
