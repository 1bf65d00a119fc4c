import type { Size } from '#shared/geometry/spaces.ts';
import type { SsdSide } from './model-files.ts';
import { ANCHORS_PER_PLACE, firstAnchorOf, placesAlong } from './ssd-anchors.ts';

/** Both sides of what the SSD looks at are multiples of this, in pixels. */
const STEP = 32;
/**
 * How much of the black below and to the right of a picture is looked at, in pixels, so that its edge is seen as one: the
 * boxes of 24 pictures with 213 faces are the same as with all of it, to the pixel (with 32, two are a pixel off). A face
 * that fills the picture and is cut by that edge may score up to .07 more or less.
 */
const BORDER = 64;

/** What the SSD is given of a square. */
export type SsdPart = {
  /** RGB bytes, rows of `size.width` pixels. */
  readonly pixels: Uint8Array;
  readonly size: Size;
  /** Which of `ssdAnchors` it sees with, in the order in which it tells them. */
  readonly places: BigInt64Array;
};

/**
 * The top left part of a square (RGB bytes, `side` squared) that holds all that was `seen` there: the rest is black and
 * costs as much time. Its anchors are those that the whole square has there, so that boxes come out as shares of that.
 */
export function ssdPart(pixels: Uint8Array, side: SsdSide, seen: Size): SsdPart {
  const along = (length: number) => Math.min(side, Math.ceil((length + BORDER) / STEP) * STEP);
  const size = { width: along(seen.width), height: along(seen.height) };
  return { pixels: topLeft(pixels, side, size), size, places: placesOf(size, side) };
}

function topLeft(pixels: Uint8Array, side: number, { width, height }: Size): Uint8Array {
  if (width === side) return pixels.subarray(0, height * side * 3);
  const part = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    part.set(pixels.subarray(row * side * 3, (row * side + width) * 3), row * width * 3);
  }
  return part;
}

function placesOf({ width, height }: Size, side: SsdSide): BigInt64Array {
  const places: bigint[] = [];
  const [rows, columns, rowLengths] = [placesAlong(height), placesAlong(width), placesAlong(side)];
  let first = firstAnchorOf(side);
  for (const [level, anchors] of ANCHORS_PER_PLACE.entries()) {
    const [down = 0, across = 0, rowLength = 0] = [rows[level], columns[level], rowLengths[level]];
    for (let row = 0; row < down; row += 1) {
      const start = first + row * rowLength * anchors;
      for (let anchor = 0; anchor < across * anchors; anchor += 1) places.push(BigInt(start + anchor));
    }
    first += rowLength * rowLength * anchors;
  }
  return BigInt64Array.from(places);
}
