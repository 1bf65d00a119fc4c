import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isSrgbProfile } from './colour-profile.ts';

/** A profile with nothing but a description. */
function profile(tag: Buffer): Buffer {
  const table = Buffer.alloc(4 + 12);
  table.writeUInt32BE(1, 0);
  table.write('desc', 4, 'latin1');
  table.writeUInt32BE(128 + table.length, 8);
  table.writeUInt32BE(tag.length, 12);
  return Buffer.concat([Buffer.alloc(128), table, tag]);
}
function plainText(text: string): Buffer {
  const head = Buffer.alloc(12);
  head.write('desc', 'latin1');
  head.writeUInt32BE(text.length + 1, 8);
  return Buffer.concat([head, Buffer.from(`${text}\0`, 'latin1')]);
}
function utf16(text: string): Buffer {
  const head = Buffer.alloc(28);
  head.write('mluc', 'latin1');
  head.writeUInt32BE(1, 8);
  head.writeUInt32BE(12, 12);
  head.write('enUS', 16, 'latin1');
  head.writeUInt32BE(text.length * 2, 20);
  head.writeUInt32BE(28, 24);
  return Buffer.concat([head, Buffer.from(text, 'utf16le').swap16()]);
}

describe('telling whether a colour profile is sRGB', () => {
  it.each(['sRGB IEC61966-2.1', 'sRGB built-in', 'c2'])('knows %s in both forms of description', (name) => {
    expect(isSrgbProfile(profile(plainText(name)))).toBe(true);
    expect(isSrgbProfile(profile(utf16(name)))).toBe(true);
  });

  it.each(['Adobe RGB (1998)', 'Display P3', 'sRGB linear', 'c2 something', ''])('does not take %j for it', (name) => {
    expect(isSrgbProfile(profile(plainText(name)))).toBe(false);
    expect(isSrgbProfile(profile(utf16(name)))).toBe(false);
  });

  it('knows the profiles that sharp itself embeds', async () => {
    const picture = sharp({ create: { width: 2, height: 2, channels: 3, background: '#888' } });
    const iccOf = async (name: string): Promise<Uint8Array> => {
      const { icc } = await sharp(await picture.clone().withIccProfile(name).png().toBuffer()).metadata();
      return icc ?? new Uint8Array();
    };
    expect(isSrgbProfile(await iccOf('srgb'))).toBe(true);
    expect(isSrgbProfile(await iccOf('p3'))).toBe(false);
  });

  it('is done at once with a name between half a million NULs', () => {
    const padding = '\0'.repeat(250_000);
    for (const write of [plainText, utf16]) {
      expect(isSrgbProfile(profile(write(`sRGB${padding}x${padding}x`)))).toBe(true);
      expect(isSrgbProfile(profile(write(`${padding}sRGB${padding}x`)))).toBe(false);
    }
  });

  it('says no to anything cut off or made up, at any length', () => {
    const whole = profile(utf16('sRGB'));
    for (let length = 0; length < whole.length; length += 1) {
      expect(isSrgbProfile(whole.subarray(0, length))).toBe(false);
    }
    expect(isSrgbProfile(Buffer.alloc(400, 0xff))).toBe(false);
  });
});
