import { isNotFetched } from '#page/platform/fetched-code.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import type { OpenedFile } from './open-file.ts';

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
 * Decodes to stored pixels, not turned. The browser's own decoder is asked first; where it has none, HEIC and TIFF get
 * one that is loaded only then. Colours are the bitmap's own to convert when it is drawn.
 */
export async function decode(picture: OpenedFile): Promise<Result<ImageBitmap, IntakeFailure>> {
  const { format } = picture;
  // Safari decodes TIFF and would apply a tag that cannot be taken out without encoding anew.
  if (format !== 'tiff') {
    try {
      return ok(await decodeNatively(picture));
    } catch (error) {
      // Browsers tell a picture that they cannot decode by a DOMException; anything else is a mistake of ours.
      if (!(error instanceof DOMException)) throw error;
      if (ALWAYS_DECODABLE.has(format)) return err({ code: 'broken', format });
    }
  }
  try {
    const image = await decodeInScript(picture);
    return image === undefined ? err({ code: 'not-decodable', format }) : ok(await createImageBitmap(image));
  } catch (error) {
    return err(isNotFetched(error) ? { code: 'code-missing' } : { code: 'not-decodable', format });
  }
}

/**
 * The orientation tag is taken out of the bytes first, because browsers differ in whether `createImageBitmap` applies
 * it, and none lets us choose; we turn the picture ourselves.
 */
function decodeNatively({ bytes, format, metadata }: OpenedFile): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([metadata.stripped ?? bytes], { type: MIME_TYPES[format] }));
}

async function decodeInScript({ bytes, format, metadata }: OpenedFile): Promise<ImageData | undefined> {
  if (format === 'heic') return (await import('./decode-heic.ts')).decodeHeic(bytes, metadata.colour);
  if (format === 'tiff') return (await import('./decode-tiff.ts')).decodeTiff(bytes);
  return undefined;
}
