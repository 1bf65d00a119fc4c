import type { IntakeFailure } from '#domain/intake/intake-failure.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { OpenedPicture } from './open-picture.ts';

const MIME_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  bmp: 'image/bmp',
  tiff: 'image/tiff',
  heic: 'image/heic',
  jxl: 'image/jxl',
  jp2: 'image/jp2',
} as const;

/** Formats that every browser which we support decodes: a failure there is the file's. */
const ALWAYS_DECODABLE: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'bmp']);

/**
 * Decodes to stored pixels, in sRGB, not turned. The orientation tag is taken out of the bytes first, because browsers
 * differ in whether `createImageBitmap` applies it, and none lets us choose; we turn the picture ourselves.
 */
export async function decode(picture: OpenedPicture): Promise<Result<ImageBitmap, IntakeFailure>> {
  const { bytes, format, facts } = picture;
  const pieces = facts.stripped ?? [bytes];
  try {
    return ok(await createImageBitmap(new Blob([...pieces], { type: MIME_TYPES[format] })));
  } catch {
    return err(ALWAYS_DECODABLE.has(format) ? { code: 'broken', format } : { code: 'not-decodable', format });
  }
}
