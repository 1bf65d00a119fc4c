import { decode } from '#page/pictures/prepare/decode.ts';
import { paintUpright } from '#page/pictures/prepare/draw.ts';
import { openFile } from '#page/pictures/prepare/open-file.ts';
import type { Original } from '#page/pictures/work-store.ts';
import { type Orientation, uprightSize } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { canvasWithin, release } from './canvas.ts';
import type { PaintFailure, PaintSource } from './protocol.ts';

/** A picture to paint from, upright. Whoever gets it closes the bitmap. */
export type DecodedSource = { readonly bitmap: ImageBitmap; readonly mayHaveAlpha: boolean };

/** Decodes what is painted from. Throws only when the browser runs out of memory. */
export const decodeSource = (source: PaintSource): Promise<Result<DecodedSource, PaintFailure>> =>
  source instanceof Blob ? decodeSent(source) : decodeOriginal(source);

/** What is sent was made upright by us; a link's picture is turned by the browser, as everywhere on the page. */
async function decodeSent(blob: Blob): Promise<Result<DecodedSource, PaintFailure>> {
  try {
    return ok({ bitmap: await createImageBitmap(blob), mayHaveAlpha: blob.type !== 'image/jpeg' });
  } catch {
    return err('not-decodable');
  }
}

/** An original is read and decoded as when it was prepared; one that is no longer the same cannot be used. */
async function decodeOriginal({ file, size }: Original): Promise<Result<DecodedSource, PaintFailure>> {
  const opened = await openFile(file, () => {});
  if (!opened.ok) return err('unreadable');
  const { orientation, mayHaveAlpha } = opened.value.metadata;
  const decoded = await decode(opened.value);
  // It could be decoded before, so what is missing now is memory.
  if (!decoded.ok) return err('no-memory');
  const stored = decoded.value.bitmap;
  const { width, height } = uprightSize(stored, orientation);
  if (width !== size.width || height !== size.height) {
    stored.close();
    return err('unreadable');
  }
  const bitmap = orientation === 1 ? stored : turned(stored, orientation, size, mayHaveAlpha);
  return bitmap === undefined ? err('too-large') : ok({ bitmap, mayHaveAlpha });
}

/** The same pixels upright; nothing where this browser has no canvas so large. Takes `stored` over. */
function turned(stored: ImageBitmap, orientation: Orientation, size: Size, alpha: boolean): ImageBitmap | undefined {
  try {
    const upright = canvasWithin(size, alpha);
    if (upright === undefined) return undefined;
    paintUpright(upright.context, stored, orientation, size);
    const bitmap = upright.canvas.transferToImageBitmap();
    release(upright);
    return bitmap;
  } finally {
    stored.close();
  }
}
