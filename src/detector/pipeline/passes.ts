import { clampToImage } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import type { Networks, PixelSource } from '../ports.ts';
import { type Candidate, isSameFaceInOnePass, suppressNonMaxima } from './candidates.ts';
import { inBackground } from './in-background.ts';
import { cutSquare, type NetworkSquare } from './network-square.ts';
import type { QuarterTurn } from './quarter-turn.ts';
import { coverWithTiles } from './tiles.ts';

/** Score below which a box of a tile is noise. */
const TILE_SCORE = 0.2;
/** Largest magnification of a tile: beyond it there is nothing more to see. */
const MAX_TILE_SCALE = 2;
/** A tile's box this close to an inner border, as a share of the tile's long side, is a face cut in two. */
const BORDER_SHARE = 0.012;
/** Most boxes of one pass, face-api's limit to keep suppression quick. */
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
  return suppressNonMaxima(candidates, isSameFaceInOnePass).slice(0, MAX_BOXES);
}

/**
 * One pass over each of a few overlapping tiles, `along` of them on the long side, as far as they are wanted; each face
 * may come more than once.
 */
export async function searchTiles(
  picture: PixelSource,
  along: 2 | 3,
  turn: QuarterTurn,
  networks: Networks,
  isWanted: (tile: ImageRect) => boolean = () => true,
): Promise<Candidate[]> {
  // All squares are cut in the background, while the network looks at those that are ready.
  const tiles = coverWithTiles(picture, along)
    .filter(isWanted)
    .map((tile) => ({ tile, cut: inBackground(cutSquare(picture, tile, { maxScale: MAX_TILE_SCALE, turn })) }));
  const candidates: Candidate[] = [];
  for (const { tile, cut } of tiles) {
    const found = await searchSquare(await cut, picture, networks, TILE_SCORE);
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
