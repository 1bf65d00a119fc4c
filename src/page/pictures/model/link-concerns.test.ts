import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { linkConcerns } from './link-concerns.ts';

const made = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#88aacc' } });

describe('what may go wrong with a linked picture', () => {
  test('an upright JPEG within the limits raises nothing', async () => {
    expect(linkConcerns(await made(400, 300).jpeg().toBuffer())).toEqual({ orientation: 1, concerns: [] });
  });

  test('a turned picture is told, with its orientation', async () => {
    const bytes = await made(400, 300).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { orientation, concerns } = linkConcerns(bytes);
    expect(orientation).toBe(6);
    expect(concerns).toEqual([expect.stringContaining('stored turned')]);
  });

  test('a small picture and an unusual kind are told', async () => {
    const { concerns } = linkConcerns(await made(299, 400).webp().toBuffer());
    expect(concerns).toHaveLength(2);
    expect(concerns.join(' ')).toMatch(/under 300 pixels.*neither JPEG nor PNG/);
  });

  test('more than 10 MB is told', async () => {
    const small = await made(400, 300).jpeg().toBuffer();
    const padded = Buffer.concat([small, Buffer.alloc(11 * 1024 * 1024)]);
    expect(linkConcerns(padded).concerns.join()).toMatch(/11 MB, more than 10 MB/);
  });

  test('what is not a picture raises nothing here: it is refused elsewhere', () => {
    expect(linkConcerns(new TextEncoder().encode('<html>'))).toEqual({ orientation: 1, concerns: [] });
  });
});
