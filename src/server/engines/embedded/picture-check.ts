import sharp from 'sharp';
import type { CheckUpload } from '#api/embedded/embedded-engine.ts';
import type { EngineFailure } from '#api/engine.ts';
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

type CheckedUpload = Result<'jpg' | 'png', EngineFailure>;

/**
 * PNG or JPEG as its header claims, within the limits by its own header before any decoder sees it, then decodable to the
 * end. Nothing larger than a few pixels is kept, and the work is libvips' own threads', never the event loop's. A check
 * whose caller leaves while it waits is not begun. The line needs no end of its own: uploads are counted where they begin.
 */
export const checkUpload: CheckUpload = async (upload, claimed, { caller, signal }) => {
  const place = await decoding.take(caller, signal).catch(() => undefined);
  if (place === undefined) return err({ code: 'cancelled' });
  if (!place.ok) return place;
  try {
    return await checkWhole((await upload.read()) ?? new Uint8Array(), claimed);
  } finally {
    place.value();
  }
};

async function checkWhole(bytes: Uint8Array, claimed: AssetContentType): Promise<CheckedUpload> {
  const unreadable = (reason: string) => err({ code: 'unreadable-picture', reason } as const);
  const type = sniffPicture(bytes);
  if (type !== 'image/png' && type !== 'image/jpeg') {
    return unreadable(`it holds ${type === undefined ? describeContent(bytes) : `a picture of type ${type}`}`);
  }
  if (type !== claimed) return unreadable(`it was sent as ${claimed} but is ${type}`);
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
