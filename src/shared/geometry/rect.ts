import type { ImagePoint, ImageRect, Size } from './spaces.ts';
import { imageRect } from './spaces.ts';

/** Area in square pixels of the picture; 0 for an empty rectangle. */
export const area = (rect: ImageRect): number => Math.max(0, rect.width) * Math.max(0, rect.height);

/** The common part of two rectangles, or an empty rectangle (width or height 0) when there is none. */
export function intersection(a: ImageRect, b: ImageRect): ImageRect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const right = Math.min(a.x + a.width, b.x + b.width);
  const bottom = Math.min(a.y + a.height, b.y + b.height);
  return imageRect(x, y, Math.max(0, right - x), Math.max(0, bottom - y));
}

/** Intersection over union of two rectangles, 0 to 1. 0 when either is empty. */
export function iou(a: ImageRect, b: ImageRect): number {
  const shared = area(intersection(a, b));
  const union = area(a) + area(b) - shared;
  return shared > 0 ? shared / union : 0;
}

/** The part of a rectangle that lies on a picture of this size, in pixels of the picture. */
export const clampToImage = (rect: ImageRect, size: Size): ImageRect =>
  intersection(rect, imageRect(0, 0, size.width, size.height));

/** True when any part of the rectangle lies outside a picture of this size. */
export const reachesOutside = (rect: ImageRect, size: Size): boolean =>
  rect.x < 0 || rect.y < 0 || rect.x + rect.width > size.width || rect.y + rect.height > size.height;

/** True when the point is on the rectangle, its edges included. */
export const contains = (rect: ImageRect, point: ImagePoint): boolean =>
  point.x >= rect.x && point.x <= rect.x + rect.width && point.y >= rect.y && point.y <= rect.y + rect.height;

/** Share of a picture that a rectangle covers, 0 to 1. */
export const shareOfImage = (rect: ImageRect, size: Size): number =>
  size.width > 0 && size.height > 0 ? area(clampToImage(rect, size)) / (size.width * size.height) : 0;

/** A box moved from one measure of a picture to another, both in pixels: engines may see it in different sizes. */
export const rescale = (box: ImageRect, from: Size, to: Size): ImageRect =>
  imageRect(
    (box.x * to.width) / from.width,
    (box.y * to.height) / from.height,
    (box.width * to.width) / from.width,
    (box.height * to.height) / from.height,
  );
