import { describe, expect, it } from 'vitest';
import { compareBoxes } from '#page/annotations/index.ts';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/face-at.ts';
import { type AnswerNames, agreementOf, pairName, pairSentence, pairsOf } from './answer-pairs.ts';

const NAMES: AnswerNames = ['Embedded', 'Kling'];

const answer = (...bounds: readonly ImageRect[]) => ({
  bounds,
  faces: bounds.map((bound, index) => faceAt(index + 1, bound)),
});

/** Two people in both, under other numbers; one whom either has alone. */
const embedded = answer(imageRect(0, 0, 100, 100), imageRect(300, 0, 100, 100), imageRect(900, 0, 100, 100));
const kling = answer(imageRect(310, 0, 100, 100), imageRect(0, 0, 100, 100), imageRect(600, 0, 100, 100));
const comparison = compareBoxes(
  embedded.bounds,
  kling.bounds.map((bound) => ({ bound })),
  0.5,
);

describe('two answers', () => {
  it('have whom one has alone first, then everybody by the first one’s numbers', () => {
    expect(pairsOf(comparison, embedded, kling).map((pair) => pairName(pair, NAMES))).toEqual([
      'Only Embedded, face 3',
      'Only Kling, face 3',
      'Embedded 1 is Kling 2, IoU 1.00',
      'Embedded 2 is Kling 1, IoU 0.82',
    ]);
    expect(agreementOf(comparison)).toEqual({ both: 2, onlyFirst: 1, onlySecond: 1 });
  });

  it('say who is who, or that nobody is', () => {
    expect(pairsOf(comparison, embedded, kling).map((pair) => pairSentence(pair, NAMES))).toEqual([
      'Face 3 in Embedded is not in Kling',
      'Face 3 in Kling is not in Embedded',
      'Face 1 in Embedded is face 2 in Kling',
      'Face 2 in Embedded is face 1 in Kling',
    ]);
  });

  it('that are swapped have the same pairs', () => {
    const turned = compareBoxes(
      kling.bounds,
      embedded.bounds.map((bound) => ({ bound })),
      0.5,
    );
    const people = (of: typeof comparison, mine: typeof embedded, theirs: typeof kling) =>
      pairsOf(of, mine, theirs).map(({ first, second }) => [first?.faceNo, second?.faceNo]);
    const sorted = (pairs: readonly (readonly (number | undefined)[])[]) => pairs.map(String).toSorted();
    expect(sorted(people(turned, kling, embedded).map(([a, b]) => [b, a]))).toEqual(
      sorted(people(comparison, embedded, kling)),
    );
  });
});
