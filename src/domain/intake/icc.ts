import { hasAscii, indexOfAscii, uint32 } from './bytes.ts';

/**
 * Whether an ICC profile describes sRGB, judged by its description (tag `desc`, ICC.1:2022 section 9.2.41): every
 * common writer names it "sRGB…" (HP, Adobe, Google, Apple, the ICC itself, LittleCMS and "c2", Facebook's small one).
 */
export function isSrgbProfile(profile: Uint8Array): boolean {
  if (!hasAscii(profile, 16, 'RGB ')) return false;
  const count = Math.min(uint32(profile, 128), 100);
  for (let index = 0; index < count; index += 1) {
    const at = 132 + index * 12;
    if (!hasAscii(profile, at, 'desc')) continue;
    const offset = uint32(profile, at + 4);
    const text = profile.subarray(offset, offset + Math.min(uint32(profile, at + 8), 512));
    // A version 4 description is UTF-16, so its letters are a zero byte apart.
    return ['sRGB', 's\x00R\x00G\x00B', '\x00c\x002', 'c2\x00'].some((name) => indexOfAscii(text, name) >= 0);
  }
  return false;
}
