import { clampToImage } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';

/** The whole pixels of a picture that a rectangle touches, at least one. */
export function touchedPixels(rect: ImageRect, picture: Size): ImageRect {
  const { x, y, width, height } = clampToImage(rect, picture);
  const left = Math.min(picture.width - 1, Math.floor(x));
  const top = Math.min(picture.height - 1, Math.floor(y));
  const right = Math.max(left + 1, Math.min(picture.width, Math.ceil(x + width)));
  const bottom = Math.max(top + 1, Math.min(picture.height, Math.ceil(y + height)));
  return imageRect(left, top, right - left, bottom - top);
}
