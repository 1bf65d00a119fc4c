import type { ImagePoint, ImageRect } from '#shared/geometry/spaces.ts';
import { imagePoint } from '#shared/geometry/spaces.ts';
import { LANDMARK_COUNT, LANDMARKS_SIDE } from '../models/model-files.ts';
import type { Networks, PixelSource } from '../ports.ts';
import { centreOn } from './face-alignment.ts';
import { drawFaceSquare } from './face-square.ts';
import type { QuarterTurn } from './quarter-turn.ts';
import { applySimilarity, invertSimilarity, type Similarity } from './similarity.ts';

/** A face as the landmark network looks at it, and the way back to the picture. */
export type LandmarkSquare = {
  /** RGB bytes of `LANDMARKS_SIDE` squared pixels. */
  readonly data: Uint8Array;
  /** From pixels of the square to pixels of the picture. */
  readonly toPicture: Similarity;
};

/** Draws `box` (whole pixels, inside the picture), upright, in the middle of a black square, as face-api has it. */
export async function cutLandmarkSquare(
  picture: PixelSource,
  box: ImageRect,
  turn: QuarterTurn,
): Promise<LandmarkSquare> {
  const toSquare = centreOn(box, LANDMARKS_SIDE, turn);
  const { data } = await drawFaceSquare(picture, box, toSquare, LANDMARKS_SIDE, 'black');
  return { data, toPicture: invertSimilarity(toSquare) };
}

/** The 68 landmarks of a face, in pixels of the picture that the square was cut from. */
export async function findLandmarks({ data, toPicture }: LandmarkSquare, networks: Networks): Promise<ImagePoint[]> {
  const points = await networks.findLandmarks(data);
  return Array.from({ length: LANDMARK_COUNT }, (_, index) => {
    const [x = 0, y = 0] = points.subarray(index * 2, index * 2 + 2);
    return applySimilarity(toPicture, imagePoint(x * LANDMARKS_SIDE, y * LANDMARKS_SIDE));
  });
}
