import { SSD_SIDE, SSD_SIDES, type SsdSide } from './model-files.ts';

/** Anchors at each place of the six feature maps, finest first. */
export const ANCHORS_PER_PLACE = [3, 6, 6, 6, 6, 6] as const;
/** Pixels of the square from one place of the finest map to the next; each further map has half as many places. */
const FINEST_STEP = 16;

/**
 * Middles and sizes (down, across, as shares of the square) of the anchors of both sides one after the other: those that
 * the network was trained with, `[top, left, bottom, right]` each, then those of the smaller square. An anchor has the
 * same size in pixels on both, because that is what the network learned to see.
 */
export function ssdAnchors(trained: Float32Array) {
  const count = trained.length / 4;
  const centres: number[] = [];
  const sizes: number[] = [];
  for (let anchor = 0; anchor < count; anchor += 1) {
    for (const axis of [0, 1]) {
      const start = trained[anchor * 4 + axis] ?? Number.NaN;
      const size = Math.fround((trained[anchor * 4 + 2 + axis] ?? Number.NaN) - start);
      sizes.push(size);
      centres.push(start + size / 2);
    }
  }
  for (const side of SSD_SIDES.slice(1)) {
    let first = 0;
    for (const [level, anchors] of ANCHORS_PER_PLACE.entries()) {
      const step = FINEST_STEP * 2 ** level;
      const places = Math.ceil(side / step);
      for (let row = 0; row < places; row += 1) {
        for (let column = 0; column < places; column += 1) {
          for (let anchor = 0; anchor < anchors; anchor += 1) {
            const scale = SSD_SIDE / side;
            sizes.push(...sizes.slice((first + anchor) * 2, (first + anchor) * 2 + 2).map((size) => size * scale));
            centres.push(((row + 0.5) * step) / side, ((column + 0.5) * step) / side);
          }
        }
      }
      first += (SSD_SIDE / step) ** 2 * anchors;
    }
  }
  return { centres: Float32Array.from(centres), sizes: Float32Array.from(sizes), count: sizes.length / 2 };
}

/** Places along a side of so many pixels, level by level. */
export const placesAlong = (side: number): number[] =>
  ANCHORS_PER_PLACE.map((_, level) => Math.ceil(side / (FINEST_STEP * 2 ** level)));

/** How many anchors a square of this side has. */
const anchorsOf = (side: SsdSide): number =>
  placesAlong(side).reduce((sum, places, level) => sum + places ** 2 * (ANCHORS_PER_PLACE[level] ?? 0), 0);

/** The place of a side's first anchor among all that `ssdAnchors` gives. */
export const firstAnchorOf = (side: SsdSide): number =>
  SSD_SIDES.slice(0, SSD_SIDES.indexOf(side)).reduce((sum, before) => sum + anchorsOf(before), 0);
