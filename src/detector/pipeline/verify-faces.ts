import type { ImageRect } from '#shared/geometry/spaces.ts';
import type { Networks, PixelSource } from '../ports.ts';
import { type Candidate, isSameFaceAcrossPasses } from './candidates.ts';
import { cutJudgedSquare, judgeSquares } from './face-judge.ts';
import { type QuarterTurn, turnPixels } from './quarter-turn.ts';

/*
 * Measured on 155 photographs with 634 faces: of boxes from SURE on, 524 hold a face and 3 do not; below, 45 and 41.
 */

/** Score from which a box is a face, whatever the second network says. */
export const SURE_SCORE = 0.7;
/** Score from which a box is a face unless the second network sees none at all. */
export const FACE_SCORE = 0.4;
/** Up to here the second network sees no face, however it lies. */
export const NO_FACE = 0.1;
/** Score from which a box is a face when the second network is sure of it. */
const WEAK_SCORE = 0.2;
const CERTAIN_FACE = 0.9;
/**
 * Most boxes of a picture that are asked about, and how many at once, so that no pattern keeps the detector busy or fills
 * its memory. Of what is left the first network's word is taken.
 */
const MOST_ASKED = 256;
const ASKED_AT_ONCE = 16;
/** Width ÷ height of a box that can be a face, once upright. */
const LEAST_RATIO = 0.4;
const GREATEST_RATIO = 2;

/**
 * The faces among what the passes found, each once, best first. Boxes of a middling score are shown to a second
 * network, which knows nothing of the first: the two are seldom wrong together. `turn` is how the picture stands upright.
 */
export async function verifyFaces(
  picture: PixelSource,
  candidates: readonly Candidate[],
  turn: QuarterTurn,
  networks: Networks,
): Promise<Candidate[]> {
  const ordered = candidates
    .filter(({ box, score }) => score >= WEAK_SCORE && isShapedLikeFace(box, turn))
    .sort((a, b) => b.score - a.score);
  const faces: Candidate[] = [];
  const isNew = ({ box }: Candidate): boolean => !faces.some((face) => isSameFaceAcrossPasses(face.box, box));
  for (const candidate of ordered) if (candidate.score >= SURE_SCORE && isNew(candidate)) faces.push(candidate);

  const doubtful = ordered.filter(({ score }) => score < SURE_SCORE);
  for (let start = 0; start < Math.min(doubtful.length, MOST_ASKED); start += ASKED_AT_ONCE) {
    // What is a face once more is not asked about.
    const asked = doubtful.slice(start, Math.min(start + ASKED_AT_ONCE, MOST_ASKED)).filter(isNew);
    const squares = asked.map(async ({ box }) => turnPixels(await cutJudgedSquare(picture, box), turn));
    const judgements = await judgeSquares(await Promise.all(squares), networks);
    for (const [index, candidate] of asked.entries()) {
      const isFace = judgements[index]?.isFace ?? 0;
      const passes = isFace > (candidate.score >= FACE_SCORE ? NO_FACE : CERTAIN_FACE);
      if (passes && isNew(candidate)) faces.push(candidate);
    }
  }
  for (const candidate of doubtful.slice(MOST_ASKED)) {
    if (candidate.score >= FACE_SCORE && isNew(candidate)) faces.push(candidate);
  }
  return faces;
}

function isShapedLikeFace({ width, height }: ImageRect, turn: QuarterTurn): boolean {
  const ratio = turn === 0 || turn === 180 ? width / height : height / width;
  return ratio >= LEAST_RATIO && ratio <= GREATEST_RATIO;
}
