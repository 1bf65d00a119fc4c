import sharp from 'sharp';
import { drawPeople, type PeoplePlan } from '#testing/people/compose-people.ts';

/** Pixels as a camera has them before it encodes: three bytes each. */
export type RawPhotograph = { readonly data: Buffer; readonly width: number; readonly height: number };

/** Strength of the grain, in steps of 255: a drawing with it weighs as much as a photograph of its size. */
const GRAIN = 14;

/** A drawn group with the grain of a sensor, so that decoding and encoding cost what they cost for photographs. */
export async function rawPhotograph(plan: PeoplePlan): Promise<RawPhotograph> {
  const { pixels, width, height } = await drawPeople(plan);
  const data = Buffer.from(pixels);
  let state = 0x9e3779b9;
  for (let index = 0; index < data.length; index++) {
    // xorshift32 (Marsaglia 2003); a clamped write would cost a second per photograph.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const value = (data[index] ?? 0) + ((((state & 0xffff) * GRAIN) >>> 15) - GRAIN);
    data[index] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return { data, width, height };
}

/** What a phone writes into its files: who made it, and where. */
const CAMERA_AND_PLACE = {
  IFD0: { Make: 'Testcam', Model: 'Bench' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
};

/** A part of a raw photograph, in its pixels. */
type Part = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/**
 * A JPEG of a part of a raw photograph, as a phone writes it. With `orientation` 6 its pixels are stored lying, as a
 * phone stores them that was held upright.
 */
export function photograph({ data, width, height }: RawPhotograph, part: Part, orientation: 1 | 6): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .extract(part)
    .rotate(orientation === 6 ? 270 : 0)
    .jpeg({ quality: 92 })
    .withMetadata({ orientation })
    .withExifMerge(CAMERA_AND_PLACE)
    .toBuffer();
}
