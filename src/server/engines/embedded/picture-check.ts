import { open, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { CallContext, EngineFailure } from '#api/engine.ts';
import { createPlaces } from '#api/places.ts';
import { type AssetContentType, MAX_DECODED_PIXELS, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { describeContent, sniffPicture } from '#detector/headers/sniff.ts';
import { refusePicture } from '#detector/node/refuse-picture.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Longest time that decoding one picture may take, in seconds. */
const DECODE_SECONDS = 20;

/** Decoding is cut to two pictures at once: a large progressive one alone may take hundreds of megabytes. */
const decoding = createPlaces({
  all: 2,
  most: { session: 2, 'configured-bearer': 2, 'strangers-bearer': 1 },
  line: Number.POSITIVE_INFINITY,
});

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

type CheckedUpload = Result<'jpg' | 'png', EngineFailure>;

/**
 * Checks an upload by its content: PNG or JPEG as its header claims, within the limits by its own header before any
 * decoder sees it, then decodable to the end. Nothing larger than a few pixels is kept, and the work is libvips' own
 * threads', never the event loop's. A check whose caller leaves while it waits is not begun. The line needs no end of its
 * own: uploads are counted where they begin. Resolves to the file
 * ending.
 */
export async function checkUpload(
  path: string,
  claimed: AssetContentType,
  { caller, signal }: Pick<CallContext, 'caller' | 'signal'>,
): Promise<CheckedUpload> {
  const start = await firstBytes(path);
  const type = sniffPicture(start);
  if (type !== 'image/png' && type !== 'image/jpeg') {
    const found = type === undefined ? describeContent(start) : `a picture of type ${type}`;
    return err({ code: 'unreadable-picture', reason: `it holds ${found}` });
  }
  if (type !== claimed) {
    return err({ code: 'unreadable-picture', reason: `it was sent as ${claimed} but is ${type}` });
  }
  const place = await decoding.take(caller, signal).catch(() => undefined);
  if (place === undefined) return err({ code: 'cancelled' });
  if (!place.ok) return place;
  try {
    return await checkWhole(path, type);
  } finally {
    place.value();
  }
}

async function checkWhole(path: string, type: 'image/png' | 'image/jpeg'): Promise<CheckedUpload> {
  const unreadable = (reason: string) => err({ code: 'unreadable-picture', reason } as const);
  const bytes = await readFile(path);
  const refusal = refusePicture(bytes);
  if (refusal !== undefined) return err(refusal);
  const open = { limitInputPixels: MAX_DECODED_PIXELS, failOn: 'error', sequentialRead: true } as const;
  const header = await sharp(bytes, open)
    .metadata()
    .catch(() => undefined);
  if (header === undefined) return unreadable('its beginning is damaged');
  const { width, height } = header;
  if (Math.min(width, height) < MIN_ASSET_SIDE) return err({ code: 'picture-too-small', width, height });
  const isWhole = await sharp(bytes, open)
    .timeout({ seconds: DECODE_SECONDS })
    .resize(8, 8, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );
  if (!isWhole) return unreadable('it is damaged or cut off');
  return ok(type === 'image/png' ? 'png' : 'jpg');
}
