import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Orientation, rasterise } from './rasterise.ts';

/** Red, green, blue and white quarters: every turn and mirror of it looks different. */
const drawing = {
  width: 80,
  height: 40,
  svg: `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40"><path fill="#f00" d="M0 0h40v20H0z"/><path fill="#0f0" d="M40 0h40v20H40z"/><path fill="#00f" d="M0 20h40v20H0z"/><path fill="#fff" d="M40 20h40v20H40z"/></svg>`,
};

const upright = (picture: Buffer) => sharp(picture).autoOrient().raw().toBuffer({ resolveWithObject: true });

describe('rasterising a drawing', () => {
  it.each<Orientation>([1, 2, 3, 4, 5, 6, 7, 8])(
    'looks the same upright when stored in orientation %i',
    async (orientation) => {
      const turned = await rasterise(drawing, { format: 'png', orientation });
      expect((await sharp(turned).metadata()).orientation).toBe(orientation);
      const { data, info } = await upright(turned);
      const plain = await upright(await rasterise(drawing, { format: 'png' }));
      expect([info.width, info.height]).toEqual([80, 40]);
      expect(data.equals(plain.data)).toBe(true);
    },
  );

  it('really stores the pixels on their side for orientation 6', async () => {
    const { width, height } = await sharp(await rasterise(drawing, { format: 'jpeg', orientation: 6 })).metadata();
    expect([width, height]).toEqual([40, 80]);
  });

  it.each([40, 80, 333])('scales to a width of %i pixels, smaller and larger', async (width) => {
    const { info } = await upright(await rasterise(drawing, { format: 'png', width }));
    expect([info.width, info.height]).toEqual([width, Math.round(width / 2)]);
  });

  it('writes the format that was asked for, smaller at lower quality', async () => {
    const good = await rasterise(drawing, { format: 'jpeg', quality: 95, width: 800 });
    const poor = await rasterise(drawing, { format: 'jpeg', quality: 20, width: 800 });
    expect((await sharp(good).metadata()).format).toBe('jpeg');
    expect((await sharp(await rasterise(drawing, { format: 'webp' })).metadata()).format).toBe('webp');
    expect(poor.length).toBeLessThan(good.length);
  });
});
