import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { FACE_MESH_SIDE, LANDMARKS_SIDE, SSD_SIDE } from '#detector/models/model-files.ts';
import { turnPixels } from '#detector/pipeline/quarter-turn.ts';

/**
 * The pictures that the original implementation was asked about. No photograph is among them: one is drawn, one is
 * arithmetic. Both are made of whole numbers only, so every machine sees the same bytes.
 */

/** A drawn face of 512×512 pixels, written by `record-reference.ts`. */
export const DRAWN_FACE_FILE = fileURLToPath(new URL('./drawn-face.png', import.meta.url));

export const drawnFace = (): Promise<Uint8Array> => sharp(DRAWN_FACE_FILE).removeAlpha().raw().toBuffer();

/** Slopes and noise in all three channels, `side` × `side` pixels of RGB. */
export function pattern(side: number): Uint8Array {
  let noise = 12345;
  return Uint8Array.from({ length: side * side * 3 }, (_, index) => {
    // A linear congruential generator, the constants of ANSI C.
    noise = (Math.imul(noise, 1103515245) + 12345) & 0x7fffffff;
    const pixel = Math.floor(index / 3);
    const slope = (index % 3) * 40 + (pixel % side) + (Math.floor(pixel / side) >> 1);
    return (slope + ((noise >> 16) % 60)) & 0xff;
  });
}

/** Pixels of the middle of a 512×512 picture, one of each `step`: `side` × `side` of them. */
export function middle(picture: Uint8Array, side: number, step: number): Uint8Array {
  const start = (SSD_SIDE - side * step) / 2;
  return Uint8Array.from({ length: side * side * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    const x = start + (pixel % side) * step;
    const y = start + Math.floor(pixel / side) * step;
    return picture[(y * SSD_SIDE + x) * 3 + (index % 3)] ?? 0;
  });
}

/** What the landmark network was asked about. */
export const landmarkSquares = (face: Uint8Array) => ({
  drawnFace: middle(face, LANDMARKS_SIDE, 4),
  pattern: pattern(LANDMARKS_SIDE),
});

/** What FaceMesh was asked about, in this order. */
export function faceMeshSquares(face: Uint8Array): readonly Uint8Array[] {
  const upright = { data: middle(face, FACE_MESH_SIDE, 2), width: FACE_MESH_SIDE, height: FACE_MESH_SIDE };
  return [upright.data, turnPixels(upright, 180).data, pattern(FACE_MESH_SIDE)];
}
