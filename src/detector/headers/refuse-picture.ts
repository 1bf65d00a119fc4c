import { MAX_DECODED_BYTES, MAX_DECODED_PIXELS, MAX_PICTURE_SCANS, MIB } from '#contract/limits.ts';
import type { Inflate } from '../ports.ts';
import { readGifHeader } from './gif-header.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { MAX_PROFILE_BYTES, type PictureHeader } from './picture-header.ts';
import { readPngHeader } from './png-header.ts';
import { latin1, viewOf } from './read-bytes.ts';
import { sniffPicture } from './sniff.ts';
import { readWebpHeader } from './webp-header.ts';

/** Why a picture is not given to a decoder; `reason` follows "this picture". */
export type PictureRefusal =
  | { readonly code: 'picture-too-large'; readonly reason: string }
  | { readonly code: 'picture-unsafe'; readonly reason: string };

/**
 * Most pixels that all scans of a picture may have together: a minute-long row of cheap scans over a very large picture
 * needs far fewer than the most scans. A hundred over the largest picture.
 */
const MAX_SCANNED_PIXELS = 100 * MAX_DECODED_PIXELS;
/** Longest text in a colour profile, in bytes. Names and copyrights in thirty languages are a few kilobytes. */
const MAX_PROFILE_TEXT_BYTES = 64 * 1024;

const millions = (count: number): number => Math.round(count / 1e6);
const unsafe = (reason: string): PictureRefusal => ({ code: 'picture-unsafe', reason });

/** Refuses what would not fit while it is decoded. `bytesPerPixel`: channels × bytes of a channel. */
export function refuseSize(size: {
  readonly width: number;
  readonly height: number;
  readonly bytesPerPixel: number;
}): PictureRefusal | undefined {
  const pixels = size.width * size.height;
  if (pixels > MAX_DECODED_PIXELS) {
    return {
      code: 'picture-too-large',
      reason: `it has ${millions(pixels)} megapixels, and ${millions(MAX_DECODED_PIXELS)} are the most that can be decoded safely`,
    };
  }
  const bytes = pixels * size.bytesPerPixel;
  if (bytes > MAX_DECODED_BYTES) {
    return {
      code: 'picture-too-large',
      reason: `decoded it takes ${millions(bytes)} MB, and ${millions(MAX_DECODED_BYTES)} MB are the most that can be held safely`,
    };
  }
  return undefined;
}

const TAG_TABLE = 128;
const TAG_BYTES = 12;
/** Types of a tag that hold text (ICC.1:2022, 10; `desc` is from version 2). */
const TEXT_TYPES = new Set(['desc', 'mluc', 'text', 'utf8', 'ut16', 'zut8', 'dict']);

/** What was measured on the press, as text of a megabyte, in profiles for printing. Nothing that decodes reads it. */
const MEASUREMENTS = new Set(['targ', 'DevD', 'CIED']);

/** Refuses a colour profile with a text so long that only an attack has it. */
export function refuseProfile(profile: Uint8Array): PictureRefusal | undefined {
  if (profile.length < TAG_TABLE + 4) return undefined;
  const view = viewOf(profile);
  const end = TAG_TABLE + 4 + TAG_BYTES * view.getUint32(TAG_TABLE);
  for (let entry = TAG_TABLE + 4; entry + TAG_BYTES <= Math.min(end, profile.length); entry += TAG_BYTES) {
    if (MEASUREMENTS.has(latin1(profile, entry, entry + 4))) continue;
    const start = view.getUint32(entry + 4);
    const tag = profile.subarray(start, start + view.getUint32(entry + 8));
    if (tag.length > MAX_PROFILE_TEXT_BYTES && TEXT_TYPES.has(latin1(tag, 0, 4))) {
      return unsafe(`its colour profile holds more than ${MAX_PROFILE_TEXT_BYTES / 1024} KB of text`);
    }
  }
  return undefined;
}

function refuseHeader(header: PictureHeader): PictureRefusal | undefined {
  const tooLarge = refuseSize(header);
  if (tooLarge !== undefined) return tooLarge;
  const { width, height, scans, profile } = header;
  if (scans > MAX_PICTURE_SCANS) {
    return unsafe(`it is stored in more than ${MAX_PICTURE_SCANS} scans, and a photograph needs a dozen`);
  }
  if (scans * width * height > MAX_SCANNED_PIXELS) {
    return unsafe(`it is stored in ${scans} scans of ${millions(width * height)} megapixels, which take too long`);
  }
  if (profile === 'several') return unsafe('it has more than one colour profile');
  if (profile === 'too-long') return unsafe(`its colour profile is larger than ${MAX_PROFILE_BYTES / MIB} MB`);
  return profile === undefined ? undefined : refuseProfile(profile);
}

/**
 * Refuses a small file that is a large piece of work, by a walk over its header that is linear in its bytes: nothing is
 * decoded, and of what is compressed only a colour profile, up to a limit. Whoever hands a stranger's picture to a
 * decoder asks this first. AVIF is not walked: its decoder keeps limits of its own and reads the size without decoding
 * (`refuseSize` and `refuseProfile` take what it says). Bytes that are no picture of ours are not refused here.
 */
export function refuseByHeader(bytes: Uint8Array, inflate: Inflate): PictureRefusal | undefined {
  switch (sniffPicture(bytes)) {
    case 'image/jpeg':
      return refuseHeader(readJpegHeader(bytes, MAX_PICTURE_SCANS));
    case 'image/png':
      return refuseHeader(readPngHeader(bytes, inflate));
    case 'image/webp':
      return refuseHeader(readWebpHeader(bytes));
    case 'image/gif':
      return refuseHeader(readGifHeader(bytes));
    case 'image/avif':
    case undefined:
      return undefined;
  }
}
