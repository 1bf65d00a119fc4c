import { type AssetContentType, MAX_ASSET_BYTES, MIB, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { sniffPicture } from '#detector/headers/sniff.ts';
import { sharpCodec } from '#detector/node/sharp-codec.ts';
import { readPicture } from '#page/pictures/formats/read-picture.ts';
import { targetSize } from '#page/pictures/model/target-size.ts';
import { uprightSize } from '#shared/geometry/orientation.ts';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { decodeTrouble } from './decode-trouble.ts';

/** A picture as a server takes it. */
export type UploadForm = {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: AssetContentType;
  /** Upright size of the file's picture in pixels; that of `body` may be smaller. */
  readonly size: Size;
};

/** Qualities of a JPEG that has to be made, the first that fits into an upload. */
const QUALITIES = [92, 85, 70] as const;

/**
 * Makes a file into what the page would send: upright, within the limits, free of place and camera. A JPEG or PNG that
 * needs no new pixels keeps them. The error is in words that follow the picture's name.
 */
export async function uploadForm(bytes: Uint8Array<ArrayBuffer>): Promise<Result<UploadForm, string>> {
  const kept = withoutNewPixels(bytes);
  if (kept !== undefined) {
    const fits = targetSize(kept.size, false);
    if (!fits.ok) return err(sizeTrouble(kept.size));
    if (fits.value.width === kept.size.width && fits.value.height === kept.size.height) return ok(kept);
  }
  const decoded = await sharpCodec.decode(bytes);
  if (!decoded.ok) return err(decodeTrouble(decoded.error, bytes));
  const { size, pixels } = decoded.value;
  try {
    const target = targetSize(size, false);
    if (!target.ok) return err(sizeTrouble(size));
    const drawn = await pixels.sample(imageRect(0, 0, pixels.width, pixels.height), {
      width: Math.min(target.value.width, pixels.width),
      height: Math.min(target.value.height, pixels.height),
    });
    for (const quality of QUALITIES) {
      const encoded = await sharpCodec.encodeJpeg(drawn, quality);
      if (encoded.length <= MAX_ASSET_BYTES) {
        return ok({ body: new Uint8Array(encoded), contentType: 'image/jpeg', size });
      }
    }
    return err(`is too heavy: more than ${MAX_ASSET_BYTES / MIB} MB as a JPEG`);
  } finally {
    pixels.close();
  }
}

/** The file with nothing but what stands beside the picture taken out, where that is all it needs. */
function withoutNewPixels(bytes: Uint8Array<ArrayBuffer>): UploadForm | undefined {
  const type = sniffPicture(bytes);
  if (type !== 'image/jpeg' && type !== 'image/png') return undefined;
  const metadata = readPicture(bytes, type === 'image/jpeg' ? 'jpeg' : 'png');
  const { stripped } = metadata;
  if (stripped === undefined || !metadata.complete || metadata.mended === 'by-guess') return undefined;
  if (metadata.orientation !== 1 || metadata.colour !== 'srgb' || metadata.bitsPerChannel !== 8) return undefined;
  if (stripped.length > MAX_ASSET_BYTES) return undefined;
  return { body: stripped, contentType: type, size: uprightSize(metadata, metadata.orientation) };
}

const sizeTrouble = ({ width, height }: Size): string =>
  Math.min(width, height) < MIN_ASSET_SIDE
    ? `has ${width} by ${height} pixels, and a server takes none under ${MIN_ASSET_SIDE} on a side`
    : `has ${width} by ${height} pixels, which a server does not take`;
