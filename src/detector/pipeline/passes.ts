import { clampToImage } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { SSD_LARGE_SIDE, SSD_SIDE } from '../models/model-files.ts';
import type { Networks, PixelSource } from '../ports.ts';
import { type Candidate, isSameFaceInOnePass, suppressNonMaxima } from './candidates.ts';
import { inBackground } from './in-background.ts';
import { cutSquare, type NetworkSquare } from './network-square.ts';
import type { QuarterTurn } from './quarter-turn.ts';
import { coverWithTiles } from './tiles.ts';

/** Score below which a box of a closer look is noise. */
const CLOSE_SCORE = 0.2;
/** Largest magnification of a closer look: beyond it there is nothing more to see. */
const MAX_CLOSE_SCALE = 2;
/** A tile's box this close to an inner border, as a share of the tile's long side, is a face cut in two. */
const BORDER_SHARE = 0.012;
/** Most boxes of one pass, face-api's limit to keep suppression quick; of a larger square as many more as it shows more. */
const MAX_BOXES = 200;

/** One pass of the network: boxes above `least` (a score), best first, in pixels of `picture` and inside of it. */
export async function searchSquare(
  square: NetworkSquare,
  picture: Size,
  networks: Networks,
  least: number,
): Promise<Candidate[]> {
  const candidates = await searchUnclamped(square, networks, least);
  return candidates.map(({ box, score }) => ({ box: clampToImage(box, picture), score }));
}

/** The same with boxes as the network has them, which may reach beyond the picture. */
export async function searchUnclamped(square: NetworkSquare, networks: Networks, least: number): Promise<Candidate[]> {
  const { boxes, scores } = await networks.findFaces(square.data, square.side, square.seen);
  const candidates: Candidate[] = [];
  scores.forEach((score, anchor) => {
    if (score <= least) return;
    const [top = 0, left = 0, bottom = 0, right = 0] = boxes.subarray(anchor * 4, anchor * 4 + 4);
    candidates.push({ box: square.toPicture(imageRect(left, top, right - left, bottom - top)), score });
  });
  const most = MAX_BOXES * Math.max(1, (square.side / SSD_SIDE) ** 2);
  return suppressNonMaxima(candidates, isSameFaceInOnePass).slice(0, most);
}

/**
 * One pass over the whole picture, 1.75 times as large as in the first one: what four overlapping tiles of the usual side
 * would show, without looking at what they share twice and without a border that cuts a face. It has as many pixels as
 * 1.7 to 3.1 passes. Crowds keep their tiles: of faces below some ten pixels there, several looks find more than one.
 */
export async function searchLarge(picture: PixelSource, turn: QuarterTurn, networks: Networks): Promise<Candidate[]> {
  const whole = imageRect(0, 0, picture.width, picture.height);
  const square = await cutSquare(picture, whole, { maxScale: MAX_CLOSE_SCALE, turn, side: SSD_LARGE_SIDE });
  return searchSquare(square, picture, networks, CLOSE_SCORE);
}

/**
 * One pass over each of a few overlapping tiles, three of them on the long side, as far as they are wanted; each face
 * may come more than once.
 */
export async function searchTiles(
  picture: PixelSource,
  turn: QuarterTurn,
  networks: Networks,
  isWanted: (tile: ImageRect) => boolean = () => true,
): Promise<Candidate[]> {
  // All squares are cut in the background, while the network looks at those that are ready.
  const tiles = coverWithTiles(picture)
    .filter(isWanted)
    .map((tile) => ({ tile, cut: inBackground(cutSquare(picture, tile, { maxScale: MAX_CLOSE_SCALE, turn })) }));
  const candidates: Candidate[] = [];
  for (const { tile, cut } of tiles) {
    const found = await searchSquare(await cut, picture, networks, CLOSE_SCORE);
    candidates.push(...found.filter(({ box }) => !touchesInnerBorder(box, tile, picture)));
  }
  return candidates;
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
