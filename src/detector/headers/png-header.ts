import type { Inflate } from '../ports.ts';
import { MAX_PROFILE_BYTES, type PictureHeader } from './picture-header.ts';
import { fourLetters, viewOf } from './read-bytes.ts';

const SIGNATURE_BYTES = 8;
const IHDR = fourLetters('IHDR');
const TRNS = fourLetters('tRNS');
const ICCP = fourLetters('iCCP');
const IEND = fourLetters('IEND');
/** Channels by colour type (PNG, third edition, table 11.1); a palette's entries are unpacked to colours. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/** An iCCP chunk: a name, which NUL ends, the method of compression, and the compressed profile. */
function unpackProfile(data: Uint8Array, inflate: Inflate): PictureHeader['profile'] {
  const nameEnd = data.indexOf(0);
  return nameEnd < 0 ? undefined : inflate(data.subarray(nameEnd + 2), MAX_PROFILE_BYTES);
}

/** Walks the chunks of a PNG. Of what is compressed only the profile is unpacked, and texts are skipped. */
export function readPngHeader(bytes: Uint8Array, inflate: Inflate): PictureHeader {
  const view = viewOf(bytes);
  let header: Uint8Array | undefined;
  let profile: Uint8Array | undefined;
  let hasSeveralProfiles = false;
  let hasTransparency = false;
  for (let at = SIGNATURE_BYTES; at + 8 <= bytes.length; ) {
    const type = view.getUint32(at + 4);
    const end = at + 8 + view.getUint32(at);
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
  const size = header && viewOf(header);
  return {
    width: size?.getUint32(0) ?? 0,
    height: size?.getUint32(4) ?? 0,
    bytesPerPixel: channels * (header?.[8] === 16 ? 2 : 1),
    scans: 1,
    profile: hasSeveralProfiles ? 'several' : profile === undefined ? undefined : unpackProfile(profile, inflate),
  };
}
