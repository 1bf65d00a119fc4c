import sharp from 'sharp';
import { expect, test } from 'vitest';
import { jpeg, png } from '#testing/server/pictures.ts';
import { describeContent, sniffPicture } from './sniff.ts';

test.each([
  ['image/png', () => png(20, 20)],
  ['image/jpeg', () => jpeg(20, 20)],
  [
    'image/webp',
    async () =>
      sharp(await png(20, 20))
        .webp()
        .toBuffer(),
  ],
  [
    'image/gif',
    async () =>
      sharp(await png(20, 20))
        .gif()
        .toBuffer(),
  ],
  [
    'image/avif',
    async () =>
      sharp(await png(20, 20))
        .avif()
        .toBuffer(),
  ],
])('knows %s by its first bytes', async (type, make) => {
  expect(sniffPicture(await make())).toBe(type);
});

test('knows AVIF whose first brand is another', () => {
  expect(sniffPicture(Buffer.from('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf', 'latin1'))).toBe('image/avif');
});

test.each([
  ['an SVG drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['an SVG drawing', '<?xml version="1.0"?>\n<!-- a -->\n<svg/>'],
  ['an SVG drawing', `${'<!-- --> '.repeat(50)}<svg>`],
  ['a web page', '<!---->'.repeat(73)],
  ['a web page', '<!-- <svg> is meant here --><p>'],
  ['an SVG drawing', '<!-- a --><!-- b -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN">\n<svg>'],
  ['a web page', '<!-- a comment that does not end <svg'],
  ['a web page', '<!---->'.repeat(72)],
  ['a web page', '  <!DOCTYPE html><p>'],
  ['a web page', '<html>'],
  ['a web page', '<title>Team</title><p>Us'],
  ['a web page', '\n<div class="a">Us</div>'],
  ['text', '<3 you all'],
  ['text', '<paragraph>of something else'],
  ['a PDF document', '%PDF-1.7'],
  ['data (JSON)', '{"error":"x"}'],
  ['a HEIC picture', '\0\0\0\x18ftypheic'],
  ['a BigTIFF file', 'II+\0\x08\0\0\0'],
  ['a TIFF picture', 'II*\0\x08\0\0\0'],
  ['a ZIP file', 'PK\x03\x04'],
  ['text', 'just words'],
  ['nothing', ''],
  ['text', 'BM......'],
  ['text', 'GIF89b'],
  ['another kind of file', '\0\x01\x02\x03'],
])('calls it %s', (words, content) => {
  const bytes = Buffer.from(content, 'latin1');
  expect(sniffPicture(bytes)).toBeUndefined();
  expect(describeContent(bytes)).toBe(words);
});
