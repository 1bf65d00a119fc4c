import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { linkWarnings } from './link-warnings.ts';

const made = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#88aacc' } });

describe('what may go wrong with a linked picture', () => {
  test('an upright JPEG within the limits raises nothing', async () => {
    expect(linkWarnings(await made(400, 300).jpeg().toBuffer())).toEqual({ orientation: 1, warnings: [] });
  });

  test('a turned picture is told, with its orientation', async () => {
    const bytes = await made(400, 300).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { orientation, warnings } = linkWarnings(bytes);
    expect(orientation).toBe(6);
    expect(warnings).toEqual([expect.stringContaining('stored turned')]);
  });

  test('a small picture and an unusual kind are told', async () => {
    const { warnings } = linkWarnings(await made(299, 400).webp().toBuffer());
    expect(warnings).toHaveLength(2);
    expect(warnings.join(' ')).toMatch(/under 300 pixels.*neither JPEG nor PNG/);
  });

  test('more than 10 MB is told', async () => {
    const small = await made(400, 300).jpeg().toBuffer();
    const padded = Buffer.concat([small, Buffer.alloc(11 * 1024 * 1024)]);
    expect(linkWarnings(padded).warnings.join()).toMatch(/11 MB, more than 10 MB/);
  });

  test('what is not a picture raises nothing here: it is refused elsewhere', () => {
    expect(linkWarnings(new TextEncoder().encode('<html>'))).toEqual({ orientation: 1, warnings: [] });
  });
});
