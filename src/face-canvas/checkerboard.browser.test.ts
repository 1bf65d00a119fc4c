import { expect, test } from 'vitest';
import { PictureBitmaps } from './picture-bitmaps.ts';

const size = { width: 64, height: 48 };

/** A PNG whose left half is red and whose right half is transparent. */
async function halfTransparent(): Promise<Blob> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.fillStyle = '#f00';
  context.fillRect(0, 0, size.width / 2, size.height);
  return canvas.convertToBlob({ type: 'image/png' });
}

test('transparent parts of a picture lie on a checkerboard, which parts of it share', async () => {
  const blob = await halfTransparent();
  const whole = { x: 0, y: 0, width: size.width, height: size.height };
  const bitmap = await new Promise<ImageBitmap>((resolve, reject) => {
    const bitmaps = new PictureBitmaps(
      blob,
      size,
      () => {
        const made = bitmaps.best(whole, 1);
        if (made !== undefined) resolve(made.bitmap);
      },
      reject,
    );
    bitmaps.request(whole, 1);
  });
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.drawImage(bitmap, 0, 0);
  const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data];
  expect(at(4, 4)).toEqual([255, 0, 0, 255]);
  // Squares of eight pixels, counted from the picture's corner.
  expect([at(36, 4), at(44, 4), at(36, 12), at(44, 12)]).toEqual([
    [255, 255, 255, 255],
    [212, 212, 216, 255],
    [212, 212, 216, 255],
    [255, 255, 255, 255],
  ]);
});
