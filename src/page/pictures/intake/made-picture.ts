import { err, ok, type Result } from '#shared/result.ts';
import type { HandedOver } from '../model/handed-over.ts';
import { type Measured, measurePicture } from '../prepare/measure-picture.ts';
import type { PreparedPicture } from '../prepare/prepare-picture.ts';
import type { Original, Picture } from '../work-store.ts';
import type { Refused } from './intake-notices.ts';

/** What every way in shares: the order of what was handed over, and how a picture is made of it. */

/** Cancelled by the person: nothing to say. */
export type Outcome = Result<Omit<Picture, 'order'>, Refused | 'cancelled'>;

/** Counts everything that was ever handed over, so that pictures keep that order. */
let handedOver = 0;

/** The next place in the order of everything that was handed over. */
export const nextOrder = (): number => handedOver++;

export type Made = Omit<Picture, 'order' | 'url' | 'thumbnail' | 'thumbnailUrl' | 'size'>;

/** Makes what the page shows. What was not prepared is decoded once to be measured. */
export async function finishPicture(made: Made, known?: Measured): Promise<Outcome> {
  const measured = known === undefined ? await measurePicture(made.blob) : ok(known);
  if (!measured.ok) return err(notShown(made.name));
  const { size, thumbnail } = measured.value;
  return ok({
    ...made,
    url: URL.createObjectURL(made.blob),
    thumbnail,
    thumbnailUrl: URL.createObjectURL(thumbnail),
    size,
  });
}

/** What is said of a picture that the browser cannot decode. */
export const notShown = (name: string): Refused => ({
  title: `${name} could not be shown`,
  text: 'This browser cannot decode the picture. Save it as JPEG or PNG, and drop that.',
});

/** The file that was handed over, where what is sent has another size; else the two are as good as each other. */
export function originalOf(file: Blob, { width, height, originalSize }: PreparedPicture): Original | undefined {
  const isSameSize = originalSize.width === width && originalSize.height === height;
  return isSameSize ? undefined : { file, size: originalSize };
}

/** What is kept of the file that a prepared picture was made from. */
export const handedOverOf = (
  path: string | undefined,
  { originalSize, originalOrientation, originalSha256 }: PreparedPicture,
): HandedOver => ({ path, size: originalSize, orientation: originalOrientation, sha256: originalSha256 });
