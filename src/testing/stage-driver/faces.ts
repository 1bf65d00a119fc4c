import type { Face } from '#shared/face.ts';
import { faceId } from '#shared/face.ts';
import { clampToImage, reachesOutside, shareOfImage } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';

/** A face with this number and box, as the parser would give it. */
export const faceAt = (faceNo: number, rawBound: ImageRect, picture: Size): Face => ({
  id: faceId(faceNo),
  faceNo,
  name: `face_${faceNo - 1}`,
  rawBound,
  bound: clampToImage(rawBound, picture),
  partlyOutside: reachesOutside(rawBound, picture),
  share: shareOfImage(rawBound, picture),
  cropUrl: undefined,
  featureUrl: undefined,
  resources: [],
  args: [],
});
