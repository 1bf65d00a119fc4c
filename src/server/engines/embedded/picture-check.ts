import { open } from 'node:fs/promises';
import sharp from 'sharp';
import { type AssetContentType, MAX_DECODED_PIXELS, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { describeContent, sniffPicture } from '../../safe-fetch/sniff.ts';
import type { EngineFailure } from '../engine.ts';
import { createGate } from '../gate.ts';

/** Longest time that decoding one picture may take, in seconds. */
const DECODE_SECONDS = 20;

/** Decoding is cut to two pictures at once: a large progressive one alone may take hundreds of megabytes. */
const decoding = createGate(2);

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const megapixels = (pixels: number) => Math.round(pixels / 1_000_000);

/**
 * Checks an upload by its content: PNG or JPEG as its header claims, within the limits by its own header before any
 * pixel is decoded, then decodable to the end. Nothing larger than a few pixels is kept, and the work is libvips' own
 * threads', never the event loop's. Resolves to the file ending.
 */
export async function checkUpload(
  path: string,
  claimed: AssetContentType,
): Promise<Result<'jpg' | 'png', EngineFailure>> {
  const start = await firstBytes(path);
  const type = sniffPicture(start);
  if (type !== 'image/png' && type !== 'image/jpeg') {
    const found = type === undefined ? describeContent(start) : `a picture of type ${type}`;
    return err({ code: 'unreadable-picture', reason: `it holds ${found}` });
  }
  if (type !== claimed) {
    return err({ code: 'unreadable-picture', reason: `it was sent as ${claimed} but is ${type}` });
  }
  const unreadable = (reason: string) => err({ code: 'unreadable-picture', reason } as const);
  const image = sharp(path, { limitInputPixels: false, failOn: 'error', sequentialRead: true });
  const header = await image.metadata().catch(() => undefined);
  if (header === undefined) return unreadable('its beginning is damaged');
  const { width, height } = header;
  if (width * height > MAX_DECODED_PIXELS) {
    return err({
      code: 'picture-too-large',
      reason: `it has ${megapixels(width * height)} megapixels, and ${megapixels(MAX_DECODED_PIXELS)} are the most that can be decoded safely`,
    });
  }
  if (Math.min(width, height) < MIN_ASSET_SIDE) return err({ code: 'picture-too-small', width, height });
  const decoded = await decoding(() =>
    sharp(path, { limitInputPixels: MAX_DECODED_PIXELS, failOn: 'error', sequentialRead: true })
      .timeout({ seconds: DECODE_SECONDS })
      .resize(8, 8, { fit: 'fill', kernel: 'nearest' })
      .raw()
      .toBuffer()
      .then(
        () => true,
        () => false,
      ),
  );
  if (!decoded) return unreadable('it is damaged or cut off');
  return ok(type === 'image/png' ? 'png' : 'jpg');
}
