import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { FACE_MESH_SIDE } from '../models/model-files.ts';
import type { Networks, PixelSource, Pixels } from '../ports.ts';
import { centreOn } from './face-alignment.ts';
import { drawFaceSquare } from './face-square.ts';
import { touchedPixels } from './touched-pixels.ts';

/** What FaceMesh says of a square. */
export type Judgement = {
  /** 0 to 1: how surely it shows a face, however that lies. */
  readonly isFace: number;
  /** The same without a limit: about 24 for a face that stands upright, below 12 for nearly every other. */
  readonly upright: number;
};

/** Side of the square that is judged, in longer sides of the box: what FaceMesh was trained on. */
const SQUARE_PER_BOX = 1.5;
/** Squares that are judged in one run. Each takes some megabytes while the network works. */
const SQUARES_AT_ONCE = 8;

/** Draws the surroundings of `box` (pixels of the picture) as they lie there, the picture's edge repeated outside. */
export function cutJudgedSquare(picture: PixelSource, box: ImageRect): Promise<Pixels> {
  const side = SQUARE_PER_BOX * Math.max(box.width, box.height);
  const around = imageRect(box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side);
  const toSquare = centreOn(around, FACE_MESH_SIDE);
  return drawFaceSquare(picture, touchedPixels(around, picture), toSquare, FACE_MESH_SIDE, 'edge', 1);
}

/** FaceMesh's judgement of each square, in their order. */
export async function judgeSquares(squares: readonly Pixels[], networks: Networks): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (let start = 0; start < squares.length; start += SQUARES_AT_ONCE) {
    const batch = squares.slice(start, start + SQUARES_AT_ONCE);
    const { isFace, upright } = await networks.judgeFaces(joinBytes(batch.map(({ data }) => data)));
    for (const index of batch.keys()) {
      judgements.push({ isFace: isFace[index] ?? 0, upright: upright[index] ?? Number.NEGATIVE_INFINITY });
    }
  }
  return judgements;
}
