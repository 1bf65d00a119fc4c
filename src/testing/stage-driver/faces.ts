import type { StageBox } from '#face-canvas/index.ts';
import type { Face } from '#shared/face.ts';
import { faceId } from '#shared/face.ts';
import { clampToImage, reachesOutside, shareOfImage } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';

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

/** A box of the stage with this number, as a page shows a face that was found. */
export const boxAt = (number: number, bound: ImageRect): StageBox => ({
  id: `face-${number}`,
  bound,
  label: String(number),
  name: `face_${number - 1}`,
  tone: faceColor(number),
  kind: 'found',
});
