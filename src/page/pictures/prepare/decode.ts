import { isNotFetched } from '#page/platform/fetched-code.ts';
import { PICTURE_TYPES } from '#shared/formats/format.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { displayP3ToSrgb } from '../formats/display-p3.ts';
import { pngWithProfile } from '../formats/png-writer.ts';
import type { Changes } from '../model/describe-changes.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import type { PictureMetadata } from '../model/picture-metadata.ts';
import { decodeCutWebp } from './decode-cut-webp.ts';
import type { UnreadKindError } from './decode-tiff.ts';
import type { OpenedFile } from './open-file.ts';

/** Formats that every browser which we support decodes: a failure there is the file's. */
const ALWAYS_DECODABLE: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'bmp']);

/** What became of the file's colours. */
export type DecodedColour = Changes['colour'];

export type DecodedFile = { readonly bitmap: ImageBitmap; readonly colour: DecodedColour };

/**
 * Decodes to stored pixels in sRGB, not turned. The browser's own decoder is asked first; where it has none, HEIC and
 * TIFF get one that is loaded only then, and whose colours the browser converts.
 */
export async function decode(picture: OpenedFile): Promise<Result<DecodedFile, IntakeFailure>> {
  const { format, metadata } = picture;
  if (format === 'webp' && !metadata.complete) {
    const bitmap = await decodeCutWebp(picture.bytes, metadata.mayHaveAlpha);
    return bitmap === undefined
      ? err({ code: 'broken', format })
      : ok({ bitmap, colour: NATIVE_COLOURS[metadata.colour] });
  }
  // Safari decodes TIFF and would apply a tag that cannot be taken out without encoding anew.
  if (format !== 'tiff') {
    try {
      return ok({ bitmap: await decodeNatively(picture), colour: NATIVE_COLOURS[metadata.colour] });
    } catch (error) {
      // Browsers tell a picture that they cannot decode by a DOMException; anything else is a mistake of ours.
      if (!(error instanceof DOMException)) throw error;
      if (ALWAYS_DECODABLE.has(format)) return err({ code: 'broken', format });
    }
  }
  try {
    const image = await decodeInScript(picture);
    return image === undefined ? err({ code: 'not-decodable', format }) : ok(await inSrgb(image, metadata));
  } catch (error) {
    if (isNotFetched(error)) return err({ code: 'code-missing' });
    return err({ code: 'not-decodable', format, ...(isUnreadKind(error) ? { kind: error.kind } : {}) });
  }
}

/** Browsers convert whatever they decode, as far as they know its colours. */
const NATIVE_COLOURS = {
  srgb: 'kept',
  'display-p3': 'profile-to-srgb',
  'other-profile': 'profile-to-srgb',
  'unknown-profile': 'profile-to-srgb',
  cmyk: 'cmyk-to-srgb',
} as const satisfies Record<PictureMetadata['colour'], DecodedColour>;

/** Told by its name: the class came with code that is fetched only for such files. */
const isUnreadKind = (error: unknown): error is UnreadKindError =>
  error instanceof Error && error.name === 'UnreadKindError';

/**
 * What our own decoders hand over, in sRGB. Display P3 (every iPhone's) is converted by hand; the colours of any other
 * RGB profile by the browser, which is given the same pixels with that profile as a PNG.
 */
async function inSrgb(image: ImageData, { colour, profile }: PictureMetadata): Promise<DecodedFile> {
  switch (colour) {
    case 'display-p3':
      displayP3ToSrgb(image.data);
      return { bitmap: await createImageBitmap(image), colour: 'profile-to-srgb' };
    case 'other-profile': {
      if (profile === undefined) break;
      const png = new Blob([...pngWithProfile(image, profile)], { type: PICTURE_TYPES.png });
      return { bitmap: await createImageBitmap(png), colour: 'profile-to-srgb' };
    }
    case 'srgb':
      return { bitmap: await createImageBitmap(image), colour: 'kept' };
    case 'cmyk':
      return { bitmap: await createImageBitmap(image), colour: 'cmyk-to-srgb' };
    case 'unknown-profile':
      break;
  }
  return { bitmap: await createImageBitmap(image), colour: 'profile-unused' };
}

/**
 * The orientation tag is taken out of the bytes first, because browsers differ in whether `createImageBitmap` applies
 * it, and none lets us choose; we turn the picture ourselves.
 */
function decodeNatively({ bytes, format, metadata }: OpenedFile): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([metadata.stripped ?? bytes], { type: PICTURE_TYPES[format] }));
}

async function decodeInScript({ bytes, format }: OpenedFile): Promise<ImageData | undefined> {
  if (format === 'heic') return (await import('./decode-heic.ts')).decodeHeic(bytes);
  if (format === 'tiff') return (await import('./decode-tiff.ts')).decodeTiff(bytes);
  return undefined;
}
