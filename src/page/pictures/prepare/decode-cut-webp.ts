import { PICTURE_TYPES } from '#shared/formats/format.ts';
import { filledUpWebp } from '../formats/webp.ts';

/**
 * What may stand where the data is missing. A decoder makes some picture of any of them, and each of them another: where
 * all give the same rows, nothing of them was used.
 */
const FILLINGS = [0x00, 0x55, 0xaa, 0xff];

/** Rows that are compared at once, so that a large picture is not held several times over. */
const STRIP = 64;

/**
 * The first frame of a WebP whose data ends too early, at its whole size and as far down as its own data goes; below it
 * is empty, and black where nothing of the picture can be transparent, as browsers show what is missing. No browser shows any of such a file, but each decodes one that was filled up, and what the filling made of
 * it is told by filling it up again with something else. Undefined where not one row is the file's own.
 */
export async function decodeCutWebp(
  bytes: Uint8Array<ArrayBuffer>,
  mayHaveAlpha: boolean,
): Promise<ImageBitmap | undefined> {
  let shown: ImageBitmap | undefined;
  let rows = 0;
  let isCompared = false;
  for (const filling of FILLINGS) {
    const next = await decodeFilled(bytes, filling);
    if (next === undefined) continue;
    if (shown === undefined) {
      shown = next;
      rows = shown.height;
      continue;
    }
    isCompared = true;
    rows = equalRows(shown, next, rows);
    next.close();
  }
  if (shown === undefined) return undefined;
  try {
    return isCompared && rows > 0 ? topOf(shown, rows, mayHaveAlpha) : undefined;
  } finally {
    shown.close();
  }
}

/** A filling that says what no encoder can is no picture; another may be one. */
async function decodeFilled(bytes: Uint8Array<ArrayBuffer>, filling: number): Promise<ImageBitmap | undefined> {
  const filled = filledUpWebp(bytes, filling);
  if (filled === undefined) return undefined;
  try {
    return await createImageBitmap(new Blob([filled], { type: PICTURE_TYPES.webp }));
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** How many rows from the top are the same in both, of the first `most`. */
function equalRows(a: ImageBitmap, b: ImageBitmap, most: number): number {
  const { width } = a;
  const pixelsOf = (bitmap: ImageBitmap, top: number, height: number): Uint32Array => {
    const context = contextOf(width, height);
    context.drawImage(bitmap, 0, -top);
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  };
  for (let top = 0; top < most; top += STRIP) {
    const height = Math.min(STRIP, most - top);
    const other = pixelsOf(b, top, height);
    const differs = pixelsOf(a, top, height).findIndex((pixel, at) => pixel !== other[at]);
    if (differs >= 0) return top + Math.floor(differs / width);
  }
  return most;
}

function topOf(bitmap: ImageBitmap, rows: number, mayHaveAlpha: boolean): ImageBitmap {
  const context = contextOf(bitmap.width, bitmap.height);
  if (!mayHaveAlpha) context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0, bitmap.width, rows, 0, 0, bitmap.width, rows);
  return context.canvas.transferToImageBitmap();
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no canvas');
  return context;
}
