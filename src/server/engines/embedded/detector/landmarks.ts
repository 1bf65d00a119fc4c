import type { ImagePoint, ImageRect } from '#domain/geometry/spaces.ts';
import { imagePoint } from '#domain/geometry/spaces.ts';
import { LANDMARK_COUNT, LANDMARKS_SIDE } from '../models/model-files.ts';
import { centreOn } from './face-alignment.ts';
import { drawFaceSquare } from './face-square.ts';
import type { Networks } from './networks.ts';
import type { Pixels } from './pixels.ts';
import { applySimilarity, invertSimilarity } from './similarity.ts';

/**
 * The 68 landmarks of a face, in pixels of the picture. `box` (whole pixels, inside the picture) is all that the
 * network sees, in the middle of a black square, as face-api has it.
 */
export async function findLandmarks(picture: Pixels, box: ImageRect, networks: Networks): Promise<ImagePoint[]> {
  const toSquare = centreOn(box, LANDMARKS_SIDE);
  const square = await drawFaceSquare(picture, box, toSquare, LANDMARKS_SIDE, 'black');
  const points = await networks.findLandmarks(square.data);
  const toPicture = invertSimilarity(toSquare);
  return Array.from({ length: LANDMARK_COUNT }, (_, index) => {
    const [x = 0, y = 0] = points.subarray(index * 2, index * 2 + 2);
    return applySimilarity(toPicture, imagePoint(x * LANDMARKS_SIDE, y * LANDMARKS_SIDE));
  });
}
