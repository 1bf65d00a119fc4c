import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  claimedPng,
  jpegApp,
  jpegProfile,
  pngProfile,
  profileNamed,
  progressiveJpeg,
  smallPng,
} from '#testing/server/costly-pictures.ts';
import { chunk } from '#testing/server/raw-png.ts';
import { refusePicture } from './refuse-picture.ts';

const small = { width: 320, height: 320 };
const LONG_NAME = 'A'.repeat(40_000);
const scanMarkers = Buffer.concat(Array(600).fill(Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0])));

describe('a picture is refused before it is decoded', () => {
  test.each([
    ['a JPEG of 501 scans', progressiveJpeg({ ...small, scans: 501 }), 'more than 500 scans'],
    [
      'one whose scans have zeros and fill bytes between them',
      progressiveJpeg({ ...small, scans: 501, between: Buffer.from([0, 0, 0xff, 0, 0xff, 0xff]) }),
      'more than 500 scans',
    ],
    [
      'one whose scans hide behind a marker without a length',
      progressiveJpeg({ ...small, scans: 501, between: Buffer.from([0xff, 0x02, 0xff, 0xd0, 0xff, 0x01]) }),
      'more than 500 scans',
    ],
    [
      'a very large JPEG of 101 scans',
      progressiveJpeg({ width: 10_000, height: 9_999, scans: 102 }),
      '102 scans of 100 megapixels',
    ],
    [
      'a progressive JPEG of four channels that is too large at two bytes each',
      progressiveJpeg({ width: 10_000, height: 9_990, scans: 2, components: 4 }),
      '799 MB',
    ],
    ['a PNG of 16 bits and four channels', claimedPng(10_000, 9_999, 16, 6), '800 MB'],
    ['a PNG of more pixels than fit', claimedPng(50_000, 50_000, 8, 0), '2500 megapixels'],
    ['a PNG whose profile has a long text', smallPng(pngProfile(profileNamed(LONG_NAME))), '64 KB of text'],
    ['a PNG whose profile has a text of NULs', smallPng(pngProfile(profileNamed(`${'\0'.repeat(80_000)}x`))), '64 KB'],
    ['a PNG whose profile unpacks without end', smallPng(pngProfile(Buffer.alloc(50_000_000))), 'larger than 8 MB'],
    [
      'a PNG with two profiles',
      smallPng(pngProfile(profileNamed('a')), pngProfile(profileNamed('b'))),
      'more than one',
    ],
    [
      'a JPEG whose profile has a long text',
      progressiveJpeg({ ...small, scans: 2, apps: jpegProfile(profileNamed(LONG_NAME)) }),
      '64 KB of text',
    ],
    [
      'a GIF whose screen is small and whose frame is not',
      Buffer.concat([
        Buffer.from('GIF89a\x0a\0\x0a\0\0\0\0', 'latin1'),
        Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 0, 0x3b]),
      ]),
      '4295 megapixels',
    ],
    [
      'a WebP of more pixels than fit',
      Buffer.concat([Buffer.from('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0', 'latin1'), Buffer.alloc(6, 0xff)]),
      'megapixels',
    ],
  ])('%s', (_name, picture, reason) => {
    expect(refusePicture(picture)?.reason).toContain(reason);
  });

  test('a WebP whose profile has a long text', async () => {
    const profile = profileNamed(LONG_NAME);
    const webp = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
      .webp()
      .toBuffer();
    const head = Buffer.from('ICCP\0\0\0\0', 'latin1');
    head.writeUInt32LE(profile.length, 4);
    expect(refusePicture(Buffer.concat([webp.subarray(0, 12), head, profile]))?.reason).toContain('64 KB of text');
  });
});

describe('a picture is let through', () => {
  test.each([
    ['a JPEG of 500 scans', progressiveJpeg({ ...small, scans: 500 })],
    ['a very large progressive JPEG of a dozen scans', progressiveJpeg({ width: 10_000, height: 9_999, scans: 12 })],
    [
      'a JPEG whose application segments are full of scan markers, as its thumbnail may be',
      progressiveJpeg({ ...small, scans: 2, apps: jpegApp(1, scanMarkers) }),
    ],
    [
      'a JPEG with another picture behind its end',
      Buffer.concat([progressiveJpeg({ ...small, scans: 2 }), progressiveJpeg({ ...small, scans: 501 })]),
    ],
    ['a JPEG with a profile', progressiveJpeg({ ...small, scans: 2, apps: jpegProfile(profileNamed('Display P3')) })],
    ['a PNG of 100 megapixels as RGBA', claimedPng(10_000, 10_000, 8, 6)],
    ['a PNG with a profile', smallPng(pngProfile(profileNamed('Display P3')))],
    [
      'a PNG with a profile as large as a printing press has it',
      smallPng(pngProfile(Buffer.concat([profileNamed('Coated'), Buffer.alloc(2_500_000, 7)]))),
    ],
    [
      'a PNG with texts that unpack without end, which nobody unpacks',
      smallPng(chunk('zTXt', Buffer.concat([Buffer.from('a\0\0', 'latin1'), deflateSync(Buffer.alloc(20_000_000))]))),
    ],
    ['text', Buffer.from('no picture')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', (_name, picture) => {
    expect(refusePicture(picture)).toBeUndefined();
  });

  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('a usual %s', async (format) => {
    const picture = await sharp({ create: { width: 64, height: 48, channels: 4, background: '#8884' } })
      .withIccProfile('p3')
      .toFormat(format, format === 'jpeg' ? { progressive: true } : {})
      .toBuffer();
    expect(refusePicture(picture)).toBeUndefined();
  });

  test('a JPEG for printing, whose profile holds what was measured on the press as text of almost a megabyte', async () => {
    const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#888' } })
      .withIccProfile('cmyk')
      .jpeg()
      .toBuffer();
    expect(refusePicture(picture)).toBeUndefined();
  });

  test('however it is cut off or damaged: the walk ends and never throws', () => {
    const whole = [
      progressiveJpeg({ ...small, scans: 3, apps: jpegProfile(profileNamed('Display P3')) }),
      smallPng(pngProfile(profileNamed('Display P3'))),
      Buffer.from('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x09\0\0\x09\0\0VP8L\x05\0\0\0\x2f\0\0\0\0\0', 'latin1'),
      Buffer.from('GIF89a\x0a\0\x0a\0\x80\0\0abcdef\x21\xfe\x02hi\0\x2c\0\0\0\0\x0a\0\x0a\0\0\x02\x01a\0;', 'latin1'),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(), fc.nat(), fc.nat(255), (picture, end, place, value) => {
        const damaged = Buffer.from(picture.subarray(0, end % (picture.length + 1)));
        if (damaged.length > 12) damaged[12 + (place % (damaged.length - 12))] = value;
        refusePicture(damaged);
      }),
      { numRuns: 2_000 },
    );
  });
});
