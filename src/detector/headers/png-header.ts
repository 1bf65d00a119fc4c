import { constants, inflateSync } from 'node:zlib';
import { errorCode } from '#shared/error-code.ts';
import { MAX_PROFILE_BYTES, type PictureHeader } from './picture-header.ts';

const SIGNATURE_BYTES = 8;
/** A chunk's type as the number that it is read as: a text for each of two million empty chunks takes half a second. */
const typeOf = (name: string): number => Buffer.from(name, 'latin1').readUInt32BE(0);
const IHDR = typeOf('IHDR');
const TRNS = typeOf('tRNS');
const ICCP = typeOf('iCCP');
const IEND = typeOf('IEND');
/** Channels by colour type (PNG, third edition, table 11.1); a palette's entries are unpacked to colours. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/** An iCCP chunk: a name, which NUL ends, the method of compression, and the compressed profile. */
function unpackProfile(data: Buffer): PictureHeader['profile'] {
  const nameEnd = data.indexOf(0);
  if (nameEnd < 0) return undefined;
  try {
    // What is cut off is unpacked as far as it goes, as decoders do.
    return inflateSync(data.subarray(nameEnd + 2), {
      maxOutputLength: MAX_PROFILE_BYTES,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch (error) {
    return errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too-long' : undefined;
  }
}

/** Walks the chunks of a PNG. Of what is compressed only the profile is unpacked, and texts are skipped. */
export function readPngHeader(bytes: Buffer): PictureHeader {
  let header: Buffer | undefined;
  let profile: Buffer | undefined;
  let hasSeveralProfiles = false;
  let hasTransparency = false;
  for (let at = SIGNATURE_BYTES; at + 8 <= bytes.length; ) {
    const type = bytes.readUInt32BE(at + 4);
    const end = at + 8 + bytes.readUInt32BE(at);
    if (type === IEND) break;
    if (type === IHDR && end >= at + 8 + 13 && end <= bytes.length) header ??= bytes.subarray(at + 8, end);
    if (type === TRNS) hasTransparency = true;
    if (type === ICCP) {
      hasSeveralProfiles ||= profile !== undefined;
      profile = bytes.subarray(at + 8, end);
    }
    at = end + 4;
  }
  const channels = (CHANNELS[header?.[9] ?? 0] ?? 4) + (hasTransparency ? 1 : 0);
  return {
    width: header?.readUInt32BE(0) ?? 0,
    height: header?.readUInt32BE(4) ?? 0,
    bytesPerPixel: channels * (header?.[8] === 16 ? 2 : 1),
    scans: 1,
    profile: hasSeveralProfiles ? 'several' : profile === undefined ? undefined : unpackProfile(profile),
  };
}
