import { type AssetContentType, MAX_ASSET_BYTES } from '#contract/limits.ts';
import { letGo } from '#page/platform/let-go.ts';
import { sha256Hex } from '#page/platform/sha256.ts';
import { uprightSize } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { err, ok } from '#shared/result.ts';
import { describeChanges } from '../model/describe-changes.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import { targetSize } from '../model/target-size.ts';
import { type DecodedColour, decode } from './decode.ts';
import { type Drawing, drawUpright } from './draw.ts';
import { type Encoded, encode } from './encode.ts';
import { thumbnailOf } from './measure.ts';
import { mend } from './mend.ts';
import { type OpenedFile, openFile } from './open-file.ts';
import type { PreparedPicture, PrepareOptions, PrepareOutcome, PrepareProgress } from './protocol.ts';

/**
 * Makes a file into the picture that is sent: upright, sRGB, free of metadata, PNG or JPEG, within the limits. A JPEG or
 * PNG that needs no new pixels keeps them: it passes byte for byte, or with only its metadata cut out. Runs in a worker.
 */
export async function prepareFile(
  file: Blob,
  options: PrepareOptions,
  report: (progress: PrepareProgress) => void,
): Promise<PrepareOutcome> {
  report({ stage: 'reading', done: 0 });
  const opened = await openFile(file, (share) => report({ stage: 'reading', done: 0.25 * share }));
  if (!opened.ok) return opened;
  try {
    return await prepareOpened(file, opened.value, options, report);
  } finally {
    letGo(opened.value.bytes);
    letGo(opened.value.metadata.stripped);
  }
}

async function prepareOpened(
  file: Blob,
  picture: OpenedFile,
  options: PrepareOptions,
  report: (progress: PrepareProgress) => void,
): Promise<PrepareOutcome> {
  const { metadata } = picture;
  // Counted beside the decoding, on a thread of the browser's own.
  const originalSha256 = sha256Hex(picture.bytes);
  // Where preparing ends early nobody waits for it.
  originalSha256.catch(() => undefined);
  const stated = targetSize(uprightSize(metadata, metadata.orientation), options.enlarge);
  if (!stated.ok) return stated;

  report({ stage: 'decoding', done: 0.25 });
  const decoded = await decode(picture);
  if (!decoded.ok) {
    const anew = decoded.error.code === 'broken' ? await packedAnew(picture) : undefined;
    if (anew === undefined) return whyNotDecoded(picture, decoded.error);
    try {
      return await prepareOpened(file, anew, options, report);
    } finally {
      letGo(anew.metadata.stripped);
    }
  }
  const { bitmap } = decoded.value;
  try {
    if (!metadata.complete && !options.useCutOff) {
      return err({ code: 'truncated', format: picture.format, isUsable: true });
    }
    // The decoder's word counts, not the header's: they differ for AVIF and HEIC that turn themselves.
    const from = uprightSize(bitmap, metadata.orientation);
    const target = targetSize(from, options.enlarge);
    if (!target.ok) return target;
    const untouched = withoutNewPixels(file, picture, from, target.value);
    if (untouched !== undefined) {
      return ok(await finish(picture, from, untouched, await thumbnailOf(bitmap), 'kept', originalSha256));
    }

    report({ stage: 'drawing', done: 0.5 });
    const drawing = drawUpright(bitmap, metadata.orientation, target.value);
    // Beside what was drawn of it, it would double what a large picture takes while it is encoded.
    bitmap.close();
    report({ stage: 'encoding', done: 0.65 });
    const thumbnail = await thumbnailOf(drawing.canvas);
    const encoded = await encode(drawing, metadata.mayHaveAlpha, MAX_ASSET_BYTES, (size) => redraw(picture, size));
    return ok(await finish(picture, from, encoded, thumbnail, decoded.value.colour, originalSha256));
  } finally {
    bitmap.close();
  }
}

/**
 * A PNG whose check sums are wrong but whose rows are all there: browsers show it in a page, and decode it nowhere else.
 * With sums of its own it is a picture for everybody. Nothing where rows are missing, or where that was done already.
 */
async function packedAnew(picture: OpenedFile): Promise<OpenedFile | undefined> {
  const { bytes, format, metadata } = picture;
  if (format !== 'png' || metadata.mended !== 'no') return undefined;
  const mended = await mend(bytes, format, metadata);
  return mended.complete && mended.mended !== 'no' ? { bytes, format, metadata: mended } : undefined;
}

/** Decodes once more, for the few pictures that are too heavy at their size. */
async function redraw(picture: OpenedFile, size: Size): Promise<Drawing> {
  const decoded = await decode(picture);
  if (!decoded.ok) throw new Error('It could be decoded before');
  const { bitmap } = decoded.value;
  try {
    return drawUpright(bitmap, picture.metadata.orientation, size);
  } finally {
    bitmap.close();
  }
}

/** A picture that ends too early is not called damaged: what is missing is why it does not decode. */
const whyNotDecoded = ({ format, metadata }: OpenedFile, error: IntakeFailure): PrepareOutcome =>
  err(metadata.complete || error.code === 'code-missing' ? error : { code: 'truncated', format, isUsable: false });

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** The file with nothing but metadata taken out, when that is all it needs. */
function withoutNewPixels(file: Blob, picture: OpenedFile, from: Size, target: Size): Encoded | undefined {
  const { format, metadata, bytes } = picture;
  if ((format !== 'jpeg' && format !== 'png') || metadata.stripped === undefined) return undefined;
  const { length } = metadata.stripped;
  const fits = sameSize(target, from) && length <= MAX_ASSET_BYTES;
  if (!metadata.complete || metadata.mended === 'by-guess') return undefined;
  if (!fits || metadata.orientation !== 1 || metadata.colour !== 'srgb' || metadata.bitsPerChannel !== 8)
    return undefined;
  const contentType: AssetContentType = format === 'jpeg' ? 'image/jpeg' : 'image/png';
  const blob =
    metadata.mended === 'no' && length === bytes.length
      ? file.slice(0, file.size, contentType)
      : new Blob([metadata.stripped], { type: contentType });
  return { blob, contentType, size: from, flattened: false, compressedToFit: false, redrawn: false };
}

async function finish(
  picture: OpenedFile,
  from: Size,
  encoded: Encoded,
  thumbnail: Blob,
  colour: DecodedColour,
  ofOriginal: Promise<string>,
): Promise<PreparedPicture> {
  const { format, metadata } = picture;
  const { blob, contentType, size, redrawn } = encoded;
  const changes = describeChanges({
    from: { format, size: from },
    to: { format: contentType === 'image/png' ? 'png' : 'jpeg', size },
    turned: metadata.orientation !== 1,
    firstFrameOnly: metadata.animated,
    locationRemoved: metadata.removable.location,
    metadataRemoved: metadata.removable.other,
    colour,
    bitsReducedFrom: redrawn && metadata.bitsPerChannel > 8 ? metadata.bitsPerChannel : undefined,
    flattened: encoded.flattened,
    compressedToFit:
      encoded.compressedToFit || (redrawn && sameSize(size, from) && picture.bytes.length > MAX_ASSET_BYTES),
    endMissing: !metadata.complete,
  });
  const originalSha256 = await ofOriginal;
  const isSameFile = !redrawn && metadata.mended === 'no' && blob.size === picture.bytes.length;
  const newBytes = redrawn ? new Uint8Array(await blob.arrayBuffer()) : undefined;
  const sha256 = isSameFile ? originalSha256 : await sha256Hex(newBytes ?? metadata.stripped ?? picture.bytes);
  letGo(newBytes);
  return {
    blob,
    contentType,
    width: size.width,
    height: size.height,
    originalSize: from,
    originalOrientation: metadata.orientation,
    originalSha256,
    changes,
    sha256,
    thumbnail,
  };
}
