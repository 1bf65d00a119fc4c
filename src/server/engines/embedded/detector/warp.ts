import type { Pixels } from './pixels.ts';
import { applySimilarity, type Similarity } from './similarity.ts';

/**
 * Draws a square of `side` pixels whose points are looked up in `picture` through `toPicture`, between pixels
 * bilinearly. Outside the picture its nearest edge pixel is repeated. Both spaces count from the corner of the first
 * pixel, so its centre is at (0.5, 0.5). Meant for scales near one: it does not average when it shrinks.
 */
export function warp(picture: Pixels, toPicture: Similarity, side: number): Pixels {
  const { data: source, width, height } = picture;
  const data = new Uint8Array(side * side * 3);
  const { a, b } = toPicture;
  let target = 0;
  for (let row = 0; row < side; row += 1) {
    const start = applySimilarity(toPicture, { x: 0.5, y: row + 0.5 });
    for (let column = 0; column < side; column += 1) {
      const x = clamp(start.x + a * column - 0.5, width - 1);
      const y = clamp(start.y + b * column - 0.5, height - 1);
      const left = Math.floor(x);
      const top = Math.floor(y);
      const first = (top * width + left) * 3;
      const right = left + 1 < width ? 3 : 0;
      const below = top + 1 < height ? width * 3 : 0;
      const u = x - left;
      const v = y - top;
      // No closures in here: this runs 150,000 times a face.
      for (let corner = first; corner < first + 3; corner += 1) {
        const upperLeft = source[corner] ?? 0;
        const lowerLeft = source[corner + below] ?? 0;
        const upper = upperLeft + ((source[corner + right] ?? 0) - upperLeft) * u;
        const lower = lowerLeft + ((source[corner + below + right] ?? 0) - lowerLeft) * u;
        data[target] = Math.round(upper + (lower - upper) * v);
        target += 1;
      }
    }
  }
  return { data, width: side, height: side };
}

const clamp = (value: number, high: number): number => Math.min(high, Math.max(0, value));
