import { imageRect } from '#shared/geometry/spaces.ts';
import { SSD_SMALL_SIDE } from '../models/model-files.ts';
import type { Networks, PixelSource } from '../ports.ts';
import { type Candidate, isSameFaceAcrossPasses } from './candidates.ts';
import { cutJudgedSquare, judgeSquares } from './face-judge.ts';
import { cutSquare } from './network-square.ts';
import { searchSquare } from './passes.ts';
import { type QuarterTurn, turnPixels } from './quarter-turn.ts';

/*
 * Which way up a picture is, by whether its faces stand upright (`Judgement.upright`, about 24 for a face that does).
 * The numbers were found on 16 photographs and the drawn samples in four turns each, and checked on 29 others: none that
 * was upright was turned. They go together; changing one means measuring again.
 */

/** Best boxes that are asked about at once. */
const BOXES_ASKED = 3;
/** From here on a face stands upright without a look at the other turns. */
const CLEARLY_UPRIGHT = 18;
/** From here on a face may be upright in a turn; others reach it five times in 828. */
const UPRIGHT = 12;
/** By how much a turn must be more upright than the picture as it is. */
const LEAD = 6;
/** Boxes of a turned look that are asked about, and their least score. */
const TURNED_BOXES = 2;
const TURNED_SCORE = 0.3;

const OTHER_TURNS = [90, 180, 270] as const satisfies readonly QuarterTurn[];

/** Asks about faces, a few boxes at a time. */
export type OrientationPoll = {
  /**
   * Asks about the best of `candidates` (best first) that were not asked about. The turn in which the picture stands
   * upright, 0 if as it is; undefined if these faces do not tell.
   */
  ask(candidates: readonly Candidate[]): Promise<QuarterTurn | undefined>;
};

export function createOrientationPoll(picture: PixelSource, networks: Networks): OrientationPoll {
  const asked: Candidate[] = [];
  return {
    async ask(candidates) {
      const votes: { readonly turn: QuarterTurn; readonly upright: number }[] = [];
      const unasked = candidates.filter(({ box }) => !asked.some((other) => isSameFaceAcrossPasses(other.box, box)));
      for (const candidate of unasked.slice(0, BOXES_ASKED)) {
        asked.push(candidate);
        const vote = await askFace(picture, candidate, networks);
        // One face that stands upright settles it: a person who lies beside it is no reason to turn the others over.
        if (vote?.turn === 0) return 0;
        if (vote !== undefined) votes.push(vote);
      }
      return winner(votes);
    },
  };
}

type Vote = { readonly turn: QuarterTurn; readonly upright: number };

/** In which turn a face stands upright, and how much so; undefined where it does not tell. */
async function askFace(picture: PixelSource, { box }: Candidate, networks: Networks): Promise<Vote | undefined> {
  const square = await cutJudgedSquare(picture, box);
  const [asIs] = await judgeSquares([square], networks);
  const upright = asIs?.upright ?? Number.NEGATIVE_INFINITY;
  if (upright >= CLEARLY_UPRIGHT) return { turn: 0, upright };
  const turned = await judgeSquares(
    OTHER_TURNS.map((turn) => turnPixels(square, turn)),
    networks,
  );
  const best = [upright, ...turned.map((judgement) => judgement.upright)]
    .map((value, index): Vote => ({ turn: OTHER_TURNS[index - 1] ?? 0, upright: value }))
    .reduce((a, b) => (b.upright > a.upright ? b : a));
  if (best.upright < UPRIGHT) return undefined;
  return best.turn === 0 || best.upright >= upright + LEAD ? best : undefined;
}

/** The turn with most votes, of equals that with the greatest sum. */
export function winner(votes: readonly Vote[]): QuarterTurn | undefined {
  const counted = OTHER_TURNS.map((turn) => {
    const own = votes.filter((vote) => vote.turn === turn);
    return { turn, count: own.length, sum: own.reduce((sum, { upright }) => sum + upright, 0) };
  }).filter(({ count }) => count > 0);
  return counted.sort((a, b) => b.count - a.count || b.sum - a.sum)[0]?.turn;
}

/**
 * Looks for large faces in the three other turns, at a quarter of a pass each: for pictures in which, as they lie, none
 * was found. Undefined where no turn shows one upright.
 */
export async function lookTurned(picture: PixelSource, networks: Networks): Promise<QuarterTurn | undefined> {
  const whole = imageRect(0, 0, picture.width, picture.height);
  let best: Vote | undefined;
  for (const turn of OTHER_TURNS) {
    const square = await cutSquare(picture, whole, { turn, side: SSD_SMALL_SIDE });
    const found = await searchSquare(square, picture, networks, TURNED_SCORE);
    const squares = found
      .slice(0, TURNED_BOXES)
      .map(async ({ box }) => turnPixels(await cutJudgedSquare(picture, box), turn));
    for (const { upright } of await judgeSquares(await Promise.all(squares), networks)) {
      if (upright >= UPRIGHT && upright > (best?.upright ?? 0)) best = { turn, upright };
    }
  }
  return best?.turn;
}
