import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatFaceCount,
  formatMegapixels,
  formatPictureCount,
  formatRect,
  formatShare,
  formatSize,
  formatTime,
  formatWait,
} from './format-measures.ts';
import { imageRect } from './geometry/spaces.ts';

describe('measures as a person reads them', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1023 bytes'],
    [1024, '1 KB'],
    [4200, '4.1 KB'],
    [10 * 1024, '10 KB'],
    [1024 * 1024, '1 MB'],
    [10 * 1024 * 1024, '10 MB'],
    [1.5 * 1024 ** 3, '1.5 GB'],
  ])('%i bytes', (bytes, said) => expect(formatBytes(bytes)).toBe(said));

  test.each([
    [0, '0.0 %'],
    [0.0001, '< 0.1 %'],
    [0.0005, '0.1 %'],
    [0.019, '1.9 %'],
    [1, '100.0 %'],
  ])('a share of %f', (share, said) => expect(formatShare(share)).toBe(said));

  test.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1.0 s'],
    [2449, '2.4 s'],
  ])('%i milliseconds', (ms, said) => expect(formatTime(ms)).toBe(said));

  test('sizes, in a label and in a sentence, and places', () => {
    expect(formatSize({ width: 4096.4, height: 2730.6 })).toBe('4096 × 2731 px');
    expect(formatSize({ width: 4096, height: 2731 }, 'sentence')).toBe('4,096 × 2,731 pixels');
    expect(formatMegapixels({ width: 6000, height: 4000 })).toBe('24');
    expect(formatMegapixels({ width: 1280, height: 960 })).toBe('1.2');
    expect(formatRect(imageRect(120, 80.126, 200, 1240))).toBe('x 120, y 80.13, 200 × 1240 px');
  });

  test('one is one', () => {
    expect([formatFaceCount(0), formatFaceCount(1), formatFaceCount(28)]).toEqual(['0 faces', '1 face', '28 faces']);
    expect([formatPictureCount(1), formatPictureCount(29)]).toEqual(['1 picture', '29 pictures']);
  });

  test.each([
    [0, '0 seconds'],
    [900, '1 second'],
    [45_000, '45 seconds'],
    [119_000, '119 seconds'],
    [120_000, '2 minutes'],
    [121_000, '3 minutes'],
    [7_199_000, '120 minutes'],
    [7_200_000, '2 hours'],
    [86_399_000, '24 hours'],
    [5 * 3_600_000, '5 hours'],
    [86_400_000, 'a day or longer'],
  ])('a wait of %i milliseconds', (milliseconds, said) => expect(formatWait(milliseconds)).toBe(said));
});
