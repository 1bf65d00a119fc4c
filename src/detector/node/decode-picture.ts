import sharp from 'sharp';
import { MAX_DECODED_PIXELS } from '#contract/limits.ts';
import { isSrgbProfile } from '#detector/headers/colour-profile.ts';
import { refuseProfile, refuseSize } from '#detector/headers/refuse-picture.ts';
import type { Codec } from '#detector/ports.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { err, ok } from '#shared/result.ts';
import { memoryPixels } from './memory-pixels.ts';
import { refusePicture } from './refuse-picture.ts';

/**
 * Most pixels that are kept in memory for one picture: 24 megapixels are 72 MB as RGB, and a whole frame of most
 * cameras. What is larger is found and cut out of a reduced copy, so that two pictures at once stay far below the
 * memory that a server has; the boxes are still in pixels of the full picture.
 */
const MAX_CANVAS_PIXELS = 24_000_000;

/** Formats that are decoded at all. Not SVG: it is a document that can refer to others, not a picture. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);

/** Decodes a picture into memory; its pixels are fewer than `size` only above `MAX_CANVAS_PIXELS`. */
export const decodePicture: Codec['decode'] = async (bytes) => {
  const unwanted = refusePicture(bytes);
  if (unwanted !== undefined) return err(unwanted);
  let size: Size;
  let alreadySrgb: boolean;
  try {
    const { format, autoOrient, channels, depth, icc } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (!FORMATS.has(format))
      return err({ code: 'unreadable-picture', reason: `${format} is not a picture format that is read here` });
    size = { width: autoOrient.width, height: autoOrient.height };
    const channelBytes = depth === 'uchar' ? 1 : depth === 'ushort' ? 2 : 4;
    const refusal = refuseSize({ ...size, bytesPerPixel: channels * channelBytes }) ?? (icc && refuseProfile(icc));
    if (refusal !== undefined) return err(refusal);
    alreadySrgb = icc !== undefined && isSrgbProfile(icc);
  } catch (error) {
    return err({ code: 'unreadable-picture', reason: reasonOf(error) });
  }
  const pixels = size.width * size.height;
  try {
    // 'error' lets through what browsers also show (stray bytes, odd profiles) and refuses what is cut off.
    let pipeline = sharp(bytes, { failOn: 'error', limitInputPixels: MAX_DECODED_PIXELS, ignoreIcc: alreadySrgb })
      .autoOrient()
      .toColourspace('srgb')
      .flatten({ background: '#fff' });
    if (pixels > MAX_CANVAS_PIXELS) {
      const scale = Math.sqrt(MAX_CANVAS_PIXELS / pixels);
      const width = Math.max(1, Math.floor(size.width * scale));
      const height = Math.max(1, Math.floor(size.height * scale));
      pipeline = pipeline.resize(width, height, { fit: 'fill' });
    }
    const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels`);
    return ok({ size, pixels: memoryPixels({ data, width: info.width, height: info.height }) });
  } catch (error) {
    return err({ code: 'unreadable-picture', reason: reasonOf(error) });
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
