import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { makePicture } from '#testing/picture-files/make-picture.ts';
import { copyNote, type LinkNeed, linkFacts } from './link-needs.ts';

const made = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#88aacc' } });
const size = { width: 400, height: 300 };

describe('a linked picture', () => {
  test.each(['jpeg', 'png'] as const)('that is an upright %s within the limits is sent as it is', async (format) => {
    expect(linkFacts(await makePicture({ format, ...size }))).toEqual({ need: undefined, warnings: [] });
  });

  test.each([
    ['a turned JPEG', { format: 'jpeg', orientation: 6 }, { kind: 'turned' }],
    ['a turned WebP', { format: 'webp', orientation: 2 }, { kind: 'turned' }],
    ['a turned PNG', { format: 'png', orientation: 3 }, { kind: 'turned' }],
    ['a moving GIF', { format: 'gif', frames: 2 }, { kind: 'frames' }],
    ['a moving WebP', { format: 'webp', frames: 3 }, { kind: 'frames' }],
    ['HEIC', { format: 'heic' }, { kind: 'format', format: 'heic' }],
    ['TIFF', { format: 'tiff' }, { kind: 'format', format: 'tiff' }],
    ['BMP', { format: 'bmp' }, { kind: 'format', format: 'bmp' }],
    ['AVIF', { format: 'avif' }, { kind: 'format', format: 'avif' }],
  ] as const)('that needs anything is sent as a copy: %s', async (_name, recipe, need) => {
    expect(linkFacts(await makePicture({ ...size, ...recipe })).need).toEqual(need);
  });

  test('that is damaged in a way that the page mends, or no picture at all, is sent as a copy', async () => {
    const jpeg = await makePicture({ format: 'jpeg', ...size });
    const png = await makePicture({ format: 'png', ...size });
    for (const bytes of [jpeg.subarray(0, -2), jpeg.subarray(0, 900), png.subarray(0, -12)]) {
      expect(linkFacts(bytes).need).toEqual({ kind: 'damaged' });
    }
    expect(linkFacts(new TextEncoder().encode('<html>')).need).toEqual({ kind: 'unknown' });
  });

  test('that is small and of an unusual kind is told', async () => {
    const { need, warnings } = linkFacts(new Uint8Array(await made(299, 400).webp().toBuffer()));
    expect(need).toBeUndefined();
    expect(warnings).toHaveLength(2);
    expect(warnings.join(' ')).toMatch(/under 300 pixels.*neither JPEG nor PNG/);
  });

  test('that is a line, one pixel wide, is told to be small', async () => {
    const { warnings } = linkFacts(new Uint8Array(await made(1, 400).png().toBuffer()));
    expect(warnings.join()).toContain('under 300 pixels');
  });

  test('with more than 10 MB is told', async () => {
    const small = await made(400, 300).jpeg().toBuffer();
    const padded = new Uint8Array(Buffer.concat([small, Buffer.alloc(11 * 1024 * 1024)]));
    expect(linkFacts(padded).warnings.join()).toMatch(/11 MB, more than 10 MB/);
  });

  test('says of a copy why it is one', () => {
    const needs: readonly LinkNeed[] = [
      { kind: 'turned' },
      { kind: 'frames' },
      { kind: 'format', format: 'heic' },
      { kind: 'damaged' },
      { kind: 'unknown' },
      { kind: 'changes' },
      { kind: 'changed' },
    ];
    const notes = needs.map(copyNote);
    expect(new Set(notes).size).toBe(needs.length);
    for (const note of notes) expect(note).toMatch(/^uploaded as a copy/);
    expect(notes[2]).toContain('HEIC');
  });
});
