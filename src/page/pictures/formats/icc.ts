import { hasAscii, latin1, uint32 } from '#shared/formats/bytes.ts';

/** Colours that a profile describes, as far as canvases know them. */
export type ProfileColour = 'srgb' | 'display-p3' | 'other-profile';

/**
 * The same where our own decoder hands over the stored colours: those of an RGB profile are converted, of one of another
 * kind (grey, print, Lab) they cannot be.
 */
export const storedColour = (profile: Uint8Array): ProfileColour | 'unknown-profile' =>
  hasAscii(profile, 16, 'RGB ') ? profileColour(profile) : 'unknown-profile';

/**
 * Which colours an ICC profile describes, judged by its description (tag `desc`, ICC.1:2022 section 9.2.41): every
 * common writer names it "sRGB…" or "Display P3" ("c2" and "sP3C" are the names of compact profiles).
 */
export function profileColour(profile: Uint8Array): ProfileColour {
  if (!hasAscii(profile, 16, 'RGB ')) return 'other-profile';
  const count = Math.min(uint32(profile, 128), 100);
  for (let index = 0; index < count; index += 1) {
    const at = 132 + index * 12;
    if (!hasAscii(profile, at, 'desc')) continue;
    const offset = uint32(profile, at + 4);
    // A version 4 description is UTF-16, so its letters are a zero byte apart.
    const text = latin1(profile, offset, Math.min(uint32(profile, at + 8), 512)).replaceAll('\x00', '');
    if (/sRGB|c2$/.test(text)) return 'srgb';
    return /Display P3|sP3C/.test(text) ? 'display-p3' : 'other-profile';
  }
  return 'other-profile';
}
