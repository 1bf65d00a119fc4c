import { MIN_ASSET_SIDE } from '#contract/limits.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';

export type CropOptions = {
  /** Room around the face on each side, as a share of the box's longer side: 0 to 1. */
  readonly padding: number;
  readonly square: boolean;
};

/** What to cut, in whole pixels of the file, and how large the crop becomes. */
export type CropPlan = { readonly source: ImageRect; readonly output: Size; readonly enlarged: boolean };

/** Most elongated crop, longer to shorter side: Kling's published limit for reference pictures is 1 : 2.5 to 2.5 : 1. */
export const MAX_CROP_RATIO = 2.5;

/**
 * Cuts a face so that the crop itself can be sent as a reference picture: padded, at least `MIN_ASSET_SIDE` on each
 * side (by enlarging), and not too elongated (by taking in more of the picture). `bound` is in pixels of the file. At
 * the picture's edge the crop moves inside; only where the picture itself is too small does it stay smaller or, for a
 * square, take less than the whole box.
 */
export function planCrop(bound: ImageRect, picture: Size, { padding, square }: CropOptions): CropPlan {
  const room = padding * Math.max(bound.width, bound.height);
  const wanted = { width: bound.width + 2 * room, height: bound.height + 2 * room };
  const { width, height } = square ? squared(wanted, picture) : notTooLong(wanted, picture);
  const source = within(picture, bound, width, height);
  const enlarge = Math.max(1, MIN_ASSET_SIDE / Math.min(source.width, source.height));
  return {
    source,
    output: { width: Math.round(source.width * enlarge), height: Math.round(source.height * enlarge) },
    enlarged: enlarge > 1,
  };
}

function squared({ width, height }: Size, picture: Size): Size {
  const side = Math.min(Math.max(width, height), picture.width, picture.height);
  return { width: side, height: side };
}

function notTooLong({ width, height }: Size, picture: Size): Size {
  const cut = { width: Math.min(width, picture.width), height: Math.min(height, picture.height) };
  // A pixel is kept back for rounding to whole ones.
  const least = (longer: number) => Math.ceil(longer / MAX_CROP_RATIO) + 1;
  return {
    width: Math.min(picture.width, Math.max(cut.width, least(cut.height))),
    height: Math.min(picture.height, Math.max(cut.height, least(cut.width))),
  };
}

/** A rectangle of this size around the middle of the box, moved into the picture, in whole pixels. */
function within(picture: Size, bound: ImageRect, width: number, height: number): ImageRect {
  const wide = Math.max(1, Math.min(picture.width, Math.ceil(width)));
  const high = Math.max(1, Math.min(picture.height, Math.ceil(height)));
  const x = Math.round(bound.x + bound.width / 2 - wide / 2);
  const y = Math.round(bound.y + bound.height / 2 - high / 2);
  return imageRect(
    Math.max(0, Math.min(x, picture.width - wide)),
    Math.max(0, Math.min(y, picture.height - high)),
    wide,
    high,
  );
}
