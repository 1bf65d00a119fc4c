/**
 * True when an ICC profile says of itself that it is sRGB, so that converting to sRGB would change nothing. Converting
 * a photograph costs more than decoding it, and most profiles in photographs are this one.
 *
 * Reads the profile's description (ICC.1:2022, 7.3 "Tag table", 9.2.41 `profileDescriptionTag`), as plain text
 * (version 2) or UTF-16 (version 4). Anything unexpected is "no", which only costs time.
 */
export function isSrgbProfile(profile: Uint8Array): boolean {
  const description = profileDescription(Buffer.from(profile.buffer, profile.byteOffset, profile.length));
  // "c2" is the 0.5 kB sRGB that social networks put into pictures (https://github.com/saucecontrol/Compact-ICC-Profiles).
  return description !== undefined && /^(sRGB(?!.*linear)|c2$)/i.test(description);
}

const TAG_TABLE = 128;
const TAG_BYTES = 12;
/** Most characters of a description that are looked at: the names that count are far shorter. */
const LONGEST_NAME = 256;

function profileDescription(profile: Buffer): string | undefined {
  if (profile.length < TAG_TABLE + 4) return undefined;
  const count = profile.readUInt32BE(TAG_TABLE);
  for (let index = 0; index < count; index += 1) {
    const entry = TAG_TABLE + 4 + index * TAG_BYTES;
    if (entry + TAG_BYTES > profile.length) return undefined;
    if (profile.toString('latin1', entry, entry + 4) !== 'desc') continue;
    const start = profile.readUInt32BE(entry + 4);
    return readText(profile.subarray(start, start + profile.readUInt32BE(entry + 8)));
  }
  return undefined;
}

function readText(tag: Buffer): string | undefined {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'desc' && tag.length >= 12) {
    return untilNul(tag.toString('latin1', 12, 12 + Math.min(tag.readUInt32BE(8), LONGEST_NAME)));
  }
  if (type === 'mluc' && tag.length >= 28) {
    const start = tag.readUInt32BE(24);
    const text = tag.subarray(start, start + Math.min(tag.readUInt32BE(20), 2 * LONGEST_NAME));
    const whole = Buffer.from(text.subarray(0, text.length - (text.length % 2)));
    return untilNul(whole.swap16().toString('utf16le'));
  }
  return undefined;
}

/** Text up to the NUL that ends or pads it. Found, not matched: a pattern for NULs at an end is quadratic in them. */
const untilNul = (text: string): string => text.split('\0', 1)[0] ?? '';
