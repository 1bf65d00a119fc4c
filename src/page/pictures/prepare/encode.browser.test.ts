import { describe, expect, test } from 'vitest';
import type { Size } from '#shared/geometry/spaces.ts';
import type { Drawing } from './draw.ts';
import { encode } from './encode.ts';

/** Draws noise, which hardly compresses; `alpha` 0 to 255 for every pixel. */
const noise =
  (alpha: number) =>
  ({ width, height }: Size): Drawing => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('No canvas');
    const image = new ImageData(width, height);
    for (let at = 0; at < image.data.length; at += 65_536) crypto.getRandomValues(image.data.subarray(at, at + 65_536));
    for (let at = 3; at < image.data.length; at += 4) image.data[at] = alpha;
    context.putImageData(image, 0, 0);
    return { canvas, context };
  };

const size = { width: 800, height: 600 };
const PLENTY = 10_000_000;

const encoded = (alpha: number, mayHaveAlpha: boolean, maxBytes: number) =>
  encode(noise(alpha)(size), mayHaveAlpha, maxBytes, async (smaller) => noise(alpha)(smaller));

describe('encoding within a limit', () => {
  test('what fits at the first quality keeps its size and is not called compressed', async () => {
    expect(await encoded(255, false, PLENTY)).toMatchObject({
      contentType: 'image/jpeg',
      size,
      compressedToFit: false,
    });
  });

  test('quality goes down before size does', async () => {
    const first = (await encoded(255, false, PLENTY)).blob.size;
    const second = await encoded(255, false, first * 0.9);
    expect(second).toMatchObject({ size, compressedToFit: true });
    expect(second.blob.size).toBeLessThanOrEqual(first * 0.9);
  });

  test('when no quality fits, it becomes smaller in the same proportions', async () => {
    const result = await encoded(255, false, 150_000);
    expect(result.blob.size).toBeLessThanOrEqual(150_000);
    expect(result.size.width).toBeLessThan(size.width);
    expect(result.size.width / result.size.height).toBeCloseTo(4 / 3, 1);
  });

  test('transparent stays PNG while it fits', async () => {
    expect(await encoded(128, true, PLENTY)).toMatchObject({ contentType: 'image/png', size, flattened: false });
  });

  test('transparent that does not fit as PNG lies on white in a JPEG', async () => {
    const result = await encoded(128, true, 800_000);
    expect(result).toMatchObject({ contentType: 'image/jpeg', flattened: true });
    expect(await brightness(result.blob)).toBeGreaterThan(170);
  });

  test('an alpha channel in which nothing is transparent does not make a PNG', async () => {
    expect(await encoded(255, true, PLENTY)).toMatchObject({ contentType: 'image/jpeg', flattened: false });
  });
});

/** Mean of all channels, 0 to 255: half-transparent noise on white is about 191, on black about 64. */
async function brightness(blob: Blob): Promise<number> {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const colours = data.filter((_, at) => at % 4 !== 3);
  return colours.reduce((sum, value) => sum + value, 0) / colours.length;
}
