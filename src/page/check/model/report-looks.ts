import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';

/** What a report cuts out of a picture, in pixels of it, and how many pixels that becomes. */
export type CropLook = { readonly source: ImageRect; readonly output: Size };

/** Shape of a crop with its surroundings, as in check mode. */
const CROP_RATIO = 105 / 96;
/** The box takes this much of the crop's height, so that a shift shows. */
const BOX_SHARE = 0.6;
/** Longest width of a crop in pixels: three times what it is on paper. */
const CROP_WIDTH = 315;
/** A small face is enlarged this much at most: nothing is seen of it beyond. */
const MOST_ENLARGED = 4;

/** A box with what is around it, moved into the picture where it lies at the edge. All in pixels of the picture. */
export function cropLook(bound: ImageRect, picture: Size): CropLook {
  const height = Math.max(bound.height / BOX_SHARE, bound.width / BOX_SHARE / CROP_RATIO);
  const wide = Math.min(picture.width, Math.max(1, Math.round(height * CROP_RATIO)));
  const high = Math.min(picture.height, Math.max(1, Math.round(height)));
  const source = imageRect(
    within(bound.x + bound.width / 2 - wide / 2, picture.width - wide),
    within(bound.y + bound.height / 2 - high / 2, picture.height - high),
    wide,
    high,
  );
  const scale = Math.min(MOST_ENLARGED, CROP_WIDTH / Math.max(wide, high * CROP_RATIO));
  return { source, output: scaled({ width: wide, height: high }, scale) };
}

const within = (value: number, most: number): number => Math.max(0, Math.min(Math.round(value), most));

/** Height in pixels of the small copy of a picture, and its longest width. */
const COPY = { width: 900, height: 330 } as const;

/** A whole picture as a small copy, never enlarged. */
export const copyLook = ({ width, height }: Size): CropLook => ({
  source: imageRect(0, 0, width, height),
  output: scaled({ width, height }, Math.min(1, COPY.height / height, COPY.width / width)),
});

const scaled = ({ width, height }: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});
