import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePicture } from '#testing/picture-files/make-picture.ts';
import { SNIFF_LENGTH, sniff } from './format.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const boxed = (...brands: string[]): Uint8Array =>
  ascii(
    `\x00\x00\x00${String.fromCharCode(12 + 4 * brands.length)}ftyp${brands[0]}\x00\x00\x00\x00${brands.slice(1).join('')}`,
  );

describe('a picture is known by its first bytes', () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'heic', 'gif', 'bmp', 'tiff'] as const) {
    test(format, async () => {
      const file = await makePicture({ format, width: 64, height: 32 });
      expect(sniff(file.subarray(0, SNIFF_LENGTH))).toEqual({ kind: 'picture', format });
    });
  }

  test.each([
    ['an iPhone photo', boxed('heic', 'mif1', 'heic'), 'heic'],
    ['a HEIC whose major brand is the general one', boxed('mif1', 'mif1', 'heic'), 'heic'],
    ['an AVIF whose major brand is the general one', boxed('mif1', 'avif', 'miaf'), 'avif'],
    ['an AVIF that says so last', boxed('mif1', 'miaf', 'avif'), 'avif'],
    ['a moving AVIF', boxed('avis', 'msf1'), 'avif'],
    ['JPEG XL in a container', ascii('\x00\x00\x00\x0cJXL \x0d\x0a\x87\x0a'), 'jxl'],
    ['a bare JPEG XL', ascii('\xff\x0a\x01\x02'), 'jxl'],
    ['JPEG 2000', ascii('\x00\x00\x00\x0cjP  \x0d\x0a\x87\x0a'), 'jp2'],
  ] as const)('%s', (_name, bytes, format) => {
    expect(sniff(bytes)).toEqual({ kind: 'picture', format });
  });
});

describe('everything else is named, so that the sentence can be', () => {
  test.each([
    ['a drawing', utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'svg'],
    [
      'a drawing with everything before it',
      utf8('\ufeff<?xml version="1.0"?>\n<!-- made by hand -->\n<!DOCTYPE svg PUBLIC "x">\n<svg/>'),
      'svg',
    ],
    ['a web page', utf8('\n<!DOCTYPE html><html><body><img src="a.jpg"></body></html>'), 'html'],
    ['a web page that holds a drawing', utf8('<html><svg></svg></html>'), 'html'],
    ['a PDF', ascii('%PDF-1.7\n%\xe2\xe3'), 'pdf'],
    ['a note', utf8('Dear all, the photo is attached.'), 'text'],
    ['a note in German, cut inside a letter', utf8('für'.repeat(2000)).subarray(0, SNIFF_LENGTH - 1), 'text'],
    ['a note from Windows', ascii('\xff\xfeh\x00i\x00'), 'text'],
    ['a note that begins like a bitmap', utf8('BMW is a brand of cars and motorcycles.'), 'text'],
    ['a ZIP', ascii('PK\x03\x04\x14\x00'), 'zip'],
    ['a RAR', ascii('Rar!\x1a\x07\x00'), 'archive'],
    ['a film from a phone', boxed('qt  '), 'video'],
    ['a film', boxed('isom', 'isom', 'mp42'), 'video'],
    ['a film for the web', ascii('\x1aE\xdf\xa3\x01\x00'), 'video'],
    ['an old film', ascii('RIFF\x00\x00\x00\x00AVI LIST'), 'video'],
    ['a song', ascii('ID3\x04\x00'), 'audio'],
    ['a song from Apple', boxed('M4A '), 'audio'],
    ['a sound', ascii('RIFF\x00\x00\x00\x00WAVEfmt '), 'audio'],
    ['a Photoshop file', ascii('8BPS\x00\x01'), 'photoshop'],
    ['a BigTIFF', ascii('II+\x00\x08\x00\x00\x00'), 'big-tiff'],
    ['a BigTIFF of the other byte order', ascii('MM\x00+\x00\x08\x00\x00'), 'big-tiff'],
    ['a Canon raw file', ascii('II*\x00\x10\x00\x00\x00CR\x02\x00'), 'camera-raw'],
    ['a newer Canon raw file', boxed('crx ', 'crx ', 'isom'), 'camera-raw'],
    ['zeros', new Uint8Array(512), 'unknown'],
    ['nothing', new Uint8Array(0), 'unknown'],
    ['another RIFF', ascii('RIFF\x00\x00\x00\x00WHAT'), 'unknown'],
  ] as const)('%s', (_name, bytes, what) => {
    expect(sniff(bytes)).toEqual({ kind: 'other', what });
  });
});

test('no bytes at all make it throw', () => {
  const starts = [
    '',
    'RIFF',
    '\x00\x00\x00\x18ftyp',
    '\xff\xd8\xff',
    'BM',
    'II*\x00',
    '<svg',
    '<?xml',
    '\xff\xfe',
    '\xfe\xff',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 600 }), (start, rest) => {
      const sniffed = sniff(Uint8Array.of(...ascii(start), ...rest));
      expect(['picture', 'other']).toContain(sniffed.kind);
    }),
    { numRuns: 2000 },
  );
});
