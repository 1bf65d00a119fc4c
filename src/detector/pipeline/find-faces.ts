import { area, intersection } from '#shared/geometry/rect.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import type { Networks, PixelSource } from '../ports.ts';
import { type Candidate, isSameFaceAcrossPasses, suppressNonMaxima } from './candidates.ts';
import { cutJudgedSquare, judgeSquares } from './face-judge.ts';
import { searchWithMargin } from './mirrored-margin.ts';
import { cutSquare, type NetworkSquare } from './network-square.ts';
import { createOrientationPoll, lookTurned } from './orientation.ts';
import { searchLarge, searchSquare, searchTiles } from './passes.ts';
import { type QuarterTurn, turnPixels } from './quarter-turn.ts';
import { FACE_SCORE, NO_FACE, SURE_SCORE, verifyFaces } from './verify-faces.ts';

/*
 * The numbers below were measured together on 155 photographs with 634 faces; changing one means measuring again.
 */

/** Score from which a box of the whole picture counts as a hint that faces are there. */
const HINT_SCORE = 0.15;
/** Boxes below this share of the long side are what the whole-picture pass sees poorly, and a closer look sees well. */
const SMALL_SHARE = 0.08;
/** Boxes below this share of the long side, in such a number, are a crowd: the closer look shows them half a face off. */
const CROWD_SHARE = 0.05;
const CROWD = 6;
/** Up to so many weak hints are asked about before a closer look is taken for their sake. */
const MOST_WEAK_HINTS = 2;
/** Longer side of a box, in pixels, from which the second network knows what it says (right for 92 to 99 %). */
const LEAST_JUDGED_SIDE = 40;
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
    known = await lookCloser(picture, first, undefined, networks);
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
 * What a closer look adds to the pass over the whole picture: one at 1.75 times its size where that shows nothing or
 * small boxes; tiles, three of them on the long side, where either shows a crowd. `turn` is undefined where it is not
 * known yet: as it lies, then.
 */
async function lookCloser(
  picture: PixelSource,
  whole: readonly Candidate[],
  turn: QuarterTurn | undefined,
  networks: Networks,
): Promise<readonly Candidate[]> {
  const long = Math.max(picture.width, picture.height);
  const isBelow = (share: number, { width, height }: ImageRect): boolean => Math.max(width, height) < share * long;
  const isCrowd = (candidates: readonly Candidate[]): boolean =>
    suppressNonMaxima(candidates.filter(isLikely), isSameFaceAcrossPasses).filter(({ box }) =>
      isBelow(CROWD_SHARE, box),
    ).length >= CROWD;

  const large = whole.filter(({ box }) => !isBelow(SMALL_SHARE, box));
  const small = whole.filter(({ box }) => isBelow(SMALL_SHARE, box));
  if (large.length > 0 && small.length === 0) return whole;
  // Whatever lies is hard to judge, so nothing is left out before the turn is known.
  if (large.length > 0 && turn !== undefined && (await areNoFaces(picture, small, turn, networks))) return large;
  if (isCrowd(whole)) {
    const closest = await searchTiles(picture, turn ?? 0, networks);
    return [...large, ...closest.filter(({ box }) => isBelow(CROWD_TILE_SHARE, box))];
  }
  const candidates = [...large, ...(await searchLarge(picture, turn ?? 0, networks))];
  if (!isCrowd(candidates)) return candidates;
  // Where nothing small was seen, not even as a hint, a crowd's sky and floor lie.
  const hints = candidates.filter(({ box }) => isBelow(CROWD_SHARE, box));
  const holdsSome = (tile: ImageRect): boolean => hints.some(({ box }) => area(intersection(box, tile)) > 0);
  const closest = await searchTiles(picture, turn ?? 0, networks, holdsSome);
  return [
    ...candidates.filter(({ box }) => !isBelow(CROWD_SHARE, box)),
    ...closest.filter(({ box }) => isBelow(CROWD_TILE_SHARE, box)),
  ];
}

/**
 * Whether a few weak hints of something small are nothing at all: then they are no reason for four more passes. Boxes
 * that are too small for the second network to judge count as something.
 */
async function areNoFaces(
  picture: PixelSource,
  hints: readonly Candidate[],
  turn: QuarterTurn,
  networks: Networks,
): Promise<boolean> {
  const isWeak = ({ box, score }: Candidate): boolean =>
    score < FACE_SCORE && Math.max(box.width, box.height) >= LEAST_JUDGED_SIDE;
  if (hints.length > MOST_WEAK_HINTS || !hints.every(isWeak)) return false;
  const squares = hints.map(async ({ box }) => turnPixels(await cutJudgedSquare(picture, box), turn));
  const judgements = await judgeSquares(await Promise.all(squares), networks);
  return judgements.every(({ isFace }) => isFace <= NO_FACE);
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
