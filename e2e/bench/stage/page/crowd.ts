import type { StageBox } from '#face-canvas/index.ts';
import type { Face } from '#shared/face.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { boxAt, faceAt } from '#testing/stage-driver/faces.ts';

/** Size of the bench's picture in pixels: 24 megapixels. */
export const PICTURE = { width: 6000, height: 4000 };

/** A seeded generator (mulberry32), so that every run measures the same crowd. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Faces in loose rows over the whole picture, the fewer the larger; equal for equal arguments. */
export function crowd(count: number, seed = 7): Face[] {
  const random = randomFrom(seed);
  const columns = Math.ceil(Math.sqrt((count * PICTURE.width) / PICTURE.height));
  const cell = PICTURE.width / columns;
  const rowHeight = PICTURE.height / Math.ceil(count / columns);
  return Array.from({ length: count }, (_, index) => {
    const width = Math.min(cell, rowHeight) * (0.45 + 0.25 * random());
    const height = width * 1.25;
    const x = (index % columns) * cell + random() * (cell - width);
    const y = Math.floor(index / columns) * rowHeight + random() * Math.max(0, rowHeight - height);
    return faceAt(index + 1, imageRect(Math.round(x), Math.round(y), Math.round(width), Math.round(height)), PICTURE);
  });
}

/** The same as boxes of the stage. */
export const boxesOf = (faces: readonly Face[]): readonly StageBox[] =>
  faces.map(({ faceNo, bound }) => boxAt(faceNo, bound));

/** A busy 24-megapixel JPEG, as a camera would make it, behind an object URL. */
export async function drawPicture(seed = 7): Promise<Blob> {
  const random = randomFrom(seed);
  const canvas = new OffscreenCanvas(PICTURE.width, PICTURE.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D context');
  for (let index = 0; index < 4000; index++) {
    context.fillStyle = `hsl(${Math.round(random() * 360)} 40% ${Math.round(20 + random() * 60)}%)`;
    context.fillRect(random() * PICTURE.width, random() * PICTURE.height, random() * 400, random() * 300);
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}
