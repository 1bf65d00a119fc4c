import { latin1, viewOf } from './read-bytes.ts';

/**
 * True when an ICC profile says of itself that it is sRGB, so that converting to sRGB would change nothing. Converting
 * a photograph costs more than decoding it, and most profiles in photographs are this one.
 *
 * Reads the profile's description (ICC.1:2022, 7.3 "Tag table", 9.2.41 `profileDescriptionTag`), as plain text
 * (version 2) or UTF-16 (version 4). Anything unexpected is "no", which only costs time.
 */
export function isSrgbProfile(profile: Uint8Array): boolean {
  const description = profileDescription(profile);
  // "c2" is the 0.5 kB sRGB that social networks put into pictures (https://github.com/saucecontrol/Compact-ICC-Profiles).
  return description !== undefined && /^(sRGB(?!.*linear)|c2$)/i.test(description);
}

const TAG_TABLE = 128;
const TAG_BYTES = 12;
/** Most characters of a description that are looked at: the names that count are far shorter. */
const LONGEST_NAME = 256;

function profileDescription(profile: Uint8Array): string | undefined {
  if (profile.length < TAG_TABLE + 4) return undefined;
  const view = viewOf(profile);
  const count = view.getUint32(TAG_TABLE);
  for (let index = 0; index < count; index += 1) {
    const entry = TAG_TABLE + 4 + index * TAG_BYTES;
    if (entry + TAG_BYTES > profile.length) return undefined;
    if (latin1(profile, entry, entry + 4) !== 'desc') continue;
    const start = view.getUint32(entry + 4);
    return readText(profile.subarray(start, start + view.getUint32(entry + 8)));
  }
  return undefined;
}

function readText(tag: Uint8Array): string | undefined {
  const view = viewOf(tag);
  const type = latin1(tag, 0, 4);
  if (type === 'desc' && tag.length >= 12) {
    return untilNul(latin1(tag, 12, 12 + Math.min(view.getUint32(8), LONGEST_NAME)));
  }
  if (type === 'mluc' && tag.length >= 28) {
    const start = view.getUint32(24);
    const text = viewOf(tag.subarray(start, start + Math.min(view.getUint32(20), 2 * LONGEST_NAME)));
    const units = Array.from({ length: text.byteLength >> 1 }, (_, index) => text.getUint16(index * 2));
    return untilNul(String.fromCharCode(...units));
  }
  return undefined;
}

/** Text up to the NUL that ends or pads it. Found, not matched: a pattern for NULs at an end is quadratic in them. */
const untilNul = (text: string): string => text.split('\0', 1)[0] ?? '';
