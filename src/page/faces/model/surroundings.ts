import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';

/** How much of the height the box takes, so that faces of any size stand beside each other at one scale. */
const BOX_SHARE = 0.6;
/** Width of what is cut for its height. */
const SHAPE = 0.8;

/**
 * A face with what is around it, in pixels of the picture: always of one shape, the box in its middle. At the edge it
 * moves into the picture, and is as large as a picture that is too small for it.
 */
export function surroundings(bound: ImageRect, size: Size): ImageRect {
  const wanted = Math.max(bound.height, bound.width / SHAPE) / BOX_SHARE;
  const height = Math.min(wanted, size.height, size.width / SHAPE);
  const width = height * SHAPE;
  const x = bound.x + (bound.width - width) / 2;
  const y = bound.y + (bound.height - height) / 2;
  return imageRect(
    Math.min(Math.max(x, 0), size.width - width),
    Math.min(Math.max(y, 0), size.height - height),
    width,
    height,
  );
}
