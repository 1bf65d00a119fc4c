import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { MAX_DECODED_PIXELS, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { readGifHeader } from '#detector/headers/gif-header.ts';
import { refusePicture } from '#detector/node/refuse-picture.ts';
import type { CheckJob, PictureFault } from './messages.ts';

/** Says what is wrong with a picture on the disk; undefined when it may pass. For a process that may be ended. */
export const faultOf = ({ what, path, type }: CheckJob): Promise<PictureFault | undefined> =>
  what === 'upload' ? faultOfUpload(path) : faultOfLinked(path, type);

const unreadable = (reason: string): PictureFault => ({ code: 'unreadable-picture', reason });

/**
 * An upload must be within the limits by its own header before any decoder sees it, then decodable to the end. Nothing
 * larger than a few pixels is kept.
 */
async function faultOfUpload(path: string): Promise<PictureFault | undefined> {
  const bytes = await readFile(path);
  const refusal = refusePicture(bytes);
  if (refusal !== undefined) return refusal;
  const open = { limitInputPixels: MAX_DECODED_PIXELS, failOn: 'error', sequentialRead: true } as const;
  const header = await sharp(bytes, open)
    .metadata()
    .catch(() => undefined);
  if (header === undefined) return unreadable('its beginning is damaged');
  const { width, height } = header;
  if (Math.min(width, height) < MIN_ASSET_SIDE) return { code: 'picture-too-small', width, height };
  const isWhole = await sharp(bytes, open)
    .resize(8, 8, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );
  return isWhole ? undefined : unreadable('it is damaged or cut off');
}

/** A linked picture that is passed on is judged by its header alone: whoever shows it decodes it. */
async function faultOfLinked(path: string, type: string): Promise<PictureFault | undefined> {
  const header = await linkedHeader(path, type);
  // AVIF is not read in all its forms (one that moves).
  if (header === undefined) return type === 'image/avif' ? undefined : unreadable('its beginning is damaged');
  return header.width * (header.pageHeight ?? header.height) > MAX_DECODED_PIXELS
    ? { code: 'picture-too-large', reason: 'it has more than 100 megapixels' }
    : undefined;
}

/** sharp reads a GIF to its end to tell its size, and gives up on one without an end, which browsers show. */
async function linkedHeader(path: string, type: string): Promise<LinkedHeader | undefined> {
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (header !== undefined || type !== 'image/gif') return header;
  const told = readGifHeader(await readFile(path));
  return told.width > 0 && told.height > 0 ? told : undefined;
}

type LinkedHeader = { readonly width: number; readonly height: number; readonly pageHeight?: number | undefined };
