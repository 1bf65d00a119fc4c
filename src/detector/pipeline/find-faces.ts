import { clampToImage } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import type { Networks, PixelSource } from '../ports.ts';
import type { Candidate } from './candidates.ts';
import { isSameFaceInOnePass, suppressNonMaxima } from './candidates.ts';
import { inBackground } from './in-background.ts';
import { cutSquare, type NetworkSquare } from './network-square.ts';
import { coverWithTiles } from './tiles.ts';
import { verifyFaces } from './verify-faces.ts';

/*
 * The numbers below were measured together on 48 photographs with 300 faces; changing one means measuring again.
 */

/** Score from which a box counts as a hint that faces are there. */
const HINT_SCORE = 0.2;
/** Boxes below this share of the long side are what the whole-picture pass sees poorly, and tiles see well. */
const SMALL_SHARE = 0.08;
/** Largest magnification of a tile: beyond it there is nothing more to see. */
const MAX_TILE_SCALE = 2;
/** A tile's box this close to an inner border, as a share of the tile's long side, is a face cut in two. */
const BORDER_SHARE = 0.012;
/** Most boxes of one pass, face-api's limit to keep suppression quick. */
const MAX_BOXES = 200;

/** The square of the first pass: the whole picture. It can be cut while the networks are busy with another picture. */
export const cutWhole = (picture: PixelSource): Promise<NetworkSquare> =>
  cutSquare(picture, imageRect(0, 0, picture.width, picture.height), Number.POSITIVE_INFINITY);

/**
 * Finds faces: one pass over the whole picture and, only when it shows nothing or small faces, one over each of a
 * handful of overlapping tiles. Boxes are in pixels of the picture, lie within it, and are sorted by score.
 */
export async function findFaces(picture: PixelSource, whole: NetworkSquare, networks: Networks): Promise<Candidate[]> {
  const large = (box: ImageRect): boolean =>
    Math.max(box.width, box.height) >= SMALL_SHARE * Math.max(picture.width, picture.height);
  const initialPass = await searchSquare(whole, picture, networks);
  let candidates = initialPass;
  if (initialPass.length === 0 || initialPass.some(({ box }) => !large(box))) {
    candidates = initialPass.filter(({ box }) => large(box));
    // All squares are cut in the background, while the network looks at those that are ready.
    const tiles = coverWithTiles(picture).map((tile) => ({
      tile,
      cut: inBackground(cutSquare(picture, tile, MAX_TILE_SCALE)),
    }));
    for (const { tile, cut } of tiles) {
      const found = await searchSquare(await cut, picture, networks);
      candidates.push(...found.filter(({ box }) => !touchesInnerBorder(box, tile, picture)));
    }
  }
  return verifyFaces(picture, candidates, networks);
}

/** One pass of the network. Boxes are in pixels of `picture`. */
async function searchSquare(square: NetworkSquare, picture: Size, networks: Networks): Promise<Candidate[]> {
  const { boxes, scores } = await networks.findFaces(square.data);
  const candidates: Candidate[] = [];
  scores.forEach((score, anchor) => {
    if (score <= HINT_SCORE) return;
    const [top = 0, left = 0, bottom = 0, right = 0] = boxes.subarray(anchor * 4, anchor * 4 + 4);
    const from = square.toPicture(left, top);
    const to = square.toPicture(right, bottom);
    candidates.push({ box: imageRect(from.x, from.y, to.x - from.x, to.y - from.y), score });
  });
  return suppressNonMaxima(candidates, isSameFaceInOnePass)
    .slice(0, MAX_BOXES)
    .map(({ box, score }) => ({ box: clampToImage(box, picture), score }));
}

/** True when a box reaches a border of its tile beyond which the picture goes on. */
export function touchesInnerBorder(box: ImageRect, tile: ImageRect, picture: Size): boolean {
  const guard = BORDER_SHARE * Math.max(tile.width, tile.height);
  return (
    (tile.x > 0 && box.x < tile.x + guard) ||
    (tile.y > 0 && box.y < tile.y + guard) ||
    (tile.x + tile.width < picture.width && box.x + box.width > tile.x + tile.width - guard) ||
    (tile.y + tile.height < picture.height && box.y + box.height > tile.y + tile.height - guard)
  );
}
