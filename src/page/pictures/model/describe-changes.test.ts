import { describe, expect, test } from 'vitest';
import { type Changes, describeChanges } from './describe-changes.ts';

const size = { width: 800, height: 600 };
const nothing: Changes = {
  from: { format: 'jpeg', size },
  to: { format: 'jpeg', size },
  turned: false,
  firstFrameOnly: false,
  locationRemoved: false,
  metadataRemoved: false,
  colour: 'kept',
  bitsReducedFrom: undefined,
  flattened: false,
  compressedToFit: false,
  endMissing: false,
};
const resized = (width: number, height: number, toWidth: number, toHeight: number) =>
  describeChanges({
    ...nothing,
    from: { format: 'jpeg', size: { width, height } },
    to: { format: 'jpeg', size: { width: toWidth, height: toHeight } },
  });

describe('what was changed, in words', () => {
  test('nothing', () => expect(describeChanges(nothing)).toEqual([]));

  test.each([
    [{ turned: true }, 'turned upright'],
    [{ locationRemoved: true, metadataRemoved: true }, 'location removed'],
    [{ metadataRemoved: true }, 'metadata removed'],
    [{ to: { format: 'png', size } }, 'converted from JPEG to PNG'],
    [{ firstFrameOnly: true }, 'first frame only'],
    [{ firstFrameOnly: true, from: { format: 'tiff', size } }, 'converted from TIFF to JPEG', 'first page only'],
    [{ colour: 'profile-to-srgb' }, 'colours converted to sRGB'],
    [{ colour: 'cmyk-to-srgb' }, 'print colours (CMYK) converted to sRGB'],
    [{ colour: 'profile-unused' }, 'colour profile of an unknown kind left out'],
    [{ endMissing: true }, 'cut off, used as far as it goes'],
    [{ bitsReducedFrom: 16 }, '16 → 8 bits a channel'],
    [{ flattened: true }, 'transparent parts made white'],
    [{ compressedToFit: true }, 'compressed to fit 10 MB'],
  ] as const)('%j', (change, ...changes) => expect(describeChanges({ ...nothing, ...change })).toEqual(changes));

  test('sizes in megapixels where they differ, else in pixels', () => {
    expect(resized(6000, 4000, 4096, 2731)).toEqual(['24 → 11 megapixels, 4,096 px wide']);
    expect(resized(1600, 1200, 800, 600)).toEqual(['1.9 → 0.5 megapixels, 800 px wide']);
    expect(resized(4100, 3000, 4096, 2997)).toEqual(['shrunk to 4,096 × 2,997 pixels']);
    expect(resized(200, 100, 600, 300)).toEqual(['enlarged to 600 × 300 pixels']);
  });

  test('a tall picture that became narrow says so: its faces may be too small to find', () => {
    expect(resized(800, 6000, 546, 4096)).toEqual(['4.8 → 2.2 megapixels, 546 px wide']);
  });

  test('several, the most surprising first', () => {
    const changes = { ...nothing, turned: true, locationRemoved: true, firstFrameOnly: true };
    expect(describeChanges(changes)).toEqual(['turned upright', 'location removed', 'first frame only']);
  });
});
