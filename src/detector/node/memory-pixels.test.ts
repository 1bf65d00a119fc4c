import { describe, expect, it } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { pixelAt } from '#testing/detector/fake-ports.ts';
import { memoryPixels } from './memory-pixels.ts';

/** Red tells the column, green the row, both four a pixel. */
const WIDTH = 60;
const slope = {
  width: WIDTH,
  height: 40,
  data: Uint8Array.from(
    { length: WIDTH * 40 * 3 },
    (_, index) => [(Math.floor(index / 3) % WIDTH) * 4, Math.floor(index / 3 / WIDTH) * 4, 77][index % 3] ?? 0,
  ),
};
const part = imageRect(10, 8, 30, 20);

describe('pixels in memory', () => {
  it('are given as they are at their own size, as a copy', async () => {
    const source = memoryPixels(slope);
    const copy = await source.sample(part, part);
    expect([copy.width, copy.height, copy.data.length]).toEqual([30, 20, 30 * 20 * 3]);
    expect([pixelAt(copy, 0, 0), pixelAt(copy, 29, 19)]).toEqual([
      [40, 32, 77],
      [156, 108, 77],
    ]);
    copy.data.fill(0);
    expect(pixelAt(await source.sample(part, part), 0, 0)).toEqual([40, 32, 77]);
  });

  it('come at exactly the size that was asked for, each side by its own scale', async () => {
    const sample = await memoryPixels(slope).sample(part, { width: 15, height: 40 });
    expect([sample.width, sample.height, sample.data.length]).toEqual([15, 40, 15 * 40 * 3]);
    const [red = 0, green = 0] = pixelAt(sample, 7, 20);
    // The middle of the part: column 25, row 18.
    expect(Math.abs(red - 98) + Math.abs(green - 71)).toBeLessThanOrEqual(6);
  });

  it('keep their proportion where one side is asked for alone', async () => {
    const source = memoryPixels(slope);
    const [wide, high] = [await source.sample(part, { width: 10 }), await source.sample(part, { height: 10 })];
    expect([wide.width, wide.height]).toEqual([10, 7]);
    expect([high.width, high.height]).toEqual([15, 10]);
  });

  it('are gone once they were let go of', async () => {
    const source = memoryPixels(slope);
    source.close();
    await expect(source.sample(part, part)).rejects.toThrow('closed');
  });
});
