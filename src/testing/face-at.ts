import { type Face, faceId } from '#shared/face.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';

/** A face at a box in pixels of its picture, of which nothing else was told. */
export const faceAt = (faceNo: number, bound: ImageRect, more: Partial<Face> = {}): Face => ({
  id: faceId(faceNo),
  faceNo,
  name: `face_${faceNo - 1}`,
  rawBound: bound,
  bound,
  partlyOutside: false,
  share: 0.01,
  cropUrl: undefined,
  featureUrl: undefined,
  resources: [],
  args: [],
  ...more,
});
