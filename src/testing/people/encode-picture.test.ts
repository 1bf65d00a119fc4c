import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PeoplePicture } from './compose-people.ts';
import { encodePicture, type Orientation } from './encode-picture.ts';

/** Red, green, blue and white quarters: every turn and mirror of it looks different. */
const quarter = (x: number, y: number) =>
  y < 20 ? (x < 40 ? [255, 0, 0] : [0, 255, 0]) : x < 40 ? [0, 0, 255] : [255, 255, 255];
const picture: PeoplePicture = {
  width: 80,
  height: 40,
  faces: [],
  pixels: Buffer.from(Array.from({ length: 80 * 40 }, (_, at) => quarter(at % 80, Math.floor(at / 80))).flat()),
};

const upright = (encoded: Buffer) => sharp(encoded).autoOrient().raw().toBuffer({ resolveWithObject: true });

describe('encoding a picture', () => {
  it.each<Orientation>([1, 2, 3, 4, 5, 6, 7, 8])(
    'looks the same upright when stored in orientation %i',
    async (orientation) => {
      const turned = await encodePicture(picture, { format: 'png', orientation });
      expect((await sharp(turned).metadata()).orientation).toBe(orientation);
      const { data, info } = await upright(turned);
      expect([info.width, info.height]).toEqual([80, 40]);
      expect(data.equals(picture.pixels)).toBe(true);
    },
  );

  it('really stores the pixels on their side for orientation 6', async () => {
    const { width, height } = await sharp(await encodePicture(picture, { format: 'jpeg', orientation: 6 })).metadata();
    expect([width, height]).toEqual([40, 80]);
  });

  it.each([40, 80, 333])('scales to a width of %i pixels, smaller and larger', async (width) => {
    const { info } = await upright(await encodePicture(picture, { format: 'png', width }));
    expect([info.width, info.height]).toEqual([width, Math.round(width / 2)]);
  });

  it('writes the format that was asked for, smaller at lower quality', async () => {
    const good = await encodePicture(picture, { format: 'jpeg', quality: 95, width: 800 });
    const poor = await encodePicture(picture, { format: 'jpeg', quality: 20, width: 800 });
    expect((await sharp(good).metadata()).format).toBe('jpeg');
    expect((await sharp(await encodePicture(picture, { format: 'webp' })).metadata()).format).toBe('webp');
    expect(poor.length).toBeLessThan(good.length);
  });
});
