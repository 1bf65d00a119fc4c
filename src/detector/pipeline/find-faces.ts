import { area, intersection } from '#shared/geometry/rect.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import type { Networks, PixelSource } from '../ports.ts';
import { type Candidate, isSameFaceAcrossPasses, suppressNonMaxima } from './candidates.ts';
import { searchWithMargin } from './mirrored-margin.ts';
import { cutSquare, type NetworkSquare } from './network-square.ts';
import { createOrientationPoll, lookTurned } from './orientation.ts';
import { searchSquare, searchTiles } from './passes.ts';
import type { QuarterTurn } from './quarter-turn.ts';
import { FACE_SCORE, SURE_SCORE, verifyFaces } from './verify-faces.ts';

/*
 * The numbers below were measured together on 155 photographs with 634 faces; changing one means measuring again.
 */

/** Score from which a box of the whole picture counts as a hint that faces are there. */
const HINT_SCORE = 0.15;
/** Boxes below this share of the long side are what the whole-picture pass sees poorly, and tiles see well. */
const SMALL_SHARE = 0.08;
/** Boxes below this share of the long side, in such a number, are a crowd: two tiles along show them half a face off. */
const CROWD_SHARE = 0.05;
const CROWD = 6;
/** Boxes from this share on are seen better by what came before the crowd's tiles. */
const CROWD_TILE_SHARE = 0.2;
/** How many sure faces fewer than were known mean that the picture was better as it lay. */
const LOST_FACES = 2;

/** Faces of a picture: boxes in its pixels as it lies, inside of it, best first, and how it is turned to stand upright. */
export type FoundFaces = { readonly faces: readonly Candidate[]; readonly turn: QuarterTurn };

/** The square of the first pass: the whole picture. It can be cut while the networks are busy with another picture. */
export const cutWhole = (picture: PixelSource, turn: QuarterTurn = 0): Promise<NetworkSquare> =>
  cutSquare(picture, imageRect(0, 0, picture.width, picture.height), { turn });

/**
 * Finds faces, whichever way up the picture is. First one pass over the whole picture; the best of what it shows tell how
 * the picture lies. Where they do not, the closer look goes first, and where that shows nobody either, a quick look in
 * the other turns. A turned picture is looked at anew in its turn. `whole` is what `cutWhole` gives.
 */
export async function findFaces(picture: PixelSource, whole: NetworkSquare, networks: Networks): Promise<FoundFaces> {
  const first = await searchSquare(whole, picture, networks, HINT_SCORE);
  const poll = createOrientationPoll(picture, networks);
  let known: readonly Candidate[] = first;
  let turn = await poll.ask(first);
  if (turn === undefined) {
    known = await lookCloser(picture, first, 0, networks);
    turn = await poll.ask(suppressNonMaxima(known.filter(isLikely), isSameFaceAcrossPasses));
  }
  if (turn === undefined) {
    const faces = await settle(picture, known, 0, networks);
    turn = faces.some(isSure) ? 0 : ((await lookTurned(picture, networks)) ?? 0);
    if (turn === 0) return { faces, turn };
  }
  if (turn !== 0) {
    const turned = await searchSquare(await cutWhole(picture, turn), picture, networks, HINT_SCORE);
    const faces = await settle(picture, await lookCloser(picture, turned, turn, networks), turn, networks);
    const sureBefore = suppressNonMaxima(known.filter(isSure), isSameFaceAcrossPasses).length;
    if (sureBefore - faces.filter(isSure).length < LOST_FACES) return { faces, turn };
  }
  const candidates = known === first ? await lookCloser(picture, first, 0, networks) : known;
  return { faces: await settle(picture, candidates, 0, networks), turn: 0 };
}

const isLikely = ({ score }: Candidate): boolean => score >= FACE_SCORE;
const isSure = ({ score }: Candidate): boolean => score >= SURE_SCORE;

/**
 * What a closer look adds to the pass over the whole picture: two tiles along the long side where that shows nothing or
 * small boxes, three where those show a crowd.
 */
async function lookCloser(
  picture: PixelSource,
  whole: readonly Candidate[],
  turn: QuarterTurn,
  networks: Networks,
): Promise<Candidate[]> {
  const long = Math.max(picture.width, picture.height);
  const isBelow = (share: number, { width, height }: ImageRect): boolean => Math.max(width, height) < share * long;
  if (whole.length > 0 && !whole.some(({ box }) => isBelow(SMALL_SHARE, box))) return [...whole];
  const candidates = [
    ...whole.filter(({ box }) => !isBelow(SMALL_SHARE, box)),
    ...(await searchTiles(picture, 2, turn, networks)),
  ];
  const faces = suppressNonMaxima(candidates.filter(isLikely), isSameFaceAcrossPasses);
  if (faces.filter(({ box }) => isBelow(CROWD_SHARE, box)).length < CROWD) return candidates;
  // Where nothing small was seen, not even as a hint, a crowd's sky and floor lie: a third of the tiles, often.
  const small = candidates.filter(({ box }) => isBelow(CROWD_SHARE, box));
  const holdsSome = (tile: ImageRect): boolean => small.some(({ box }) => area(intersection(box, tile)) > 0);
  const closest = await searchTiles(picture, 3, turn, networks, holdsSome);
  return [
    ...candidates.filter(({ box }) => !isBelow(CROWD_SHARE, box)),
    ...closest.filter(({ box }) => isBelow(CROWD_TILE_SHARE, box)),
  ];
}

/** The faces among candidates; when there are none, those of one more look with a margin around the picture. */
async function settle(
  picture: PixelSource,
  candidates: readonly Candidate[],
  turn: QuarterTurn,
  networks: Networks,
): Promise<readonly Candidate[]> {
  const faces = await verifyFaces(picture, candidates, turn, networks);
  if (faces.length > 0) return faces;
  return verifyFaces(picture, await searchWithMargin(picture, turn, networks), turn, networks);
}
