import type { Comparison, TruthBox } from '#page/annotations/index.ts';
import type { Verdict } from '#page/check/model/index.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { differencesOf } from './differences.ts';

/** What a comparison says of a picture in the words of verdicts: of each found box by its place, and faces without a box. */
export type KeptVerdicts = {
  readonly verdicts: ReadonlyMap<number, Verdict>;
  /** In the space of the truth. */
  readonly missed: readonly ImageRect[];
};

/**
 * A comparison as verdicts: they count as the matcher does. A missed face under a box that is shifted or of the wrong
 * size is that box's verdict, with the place; only the others are missed faces of their own. Boxes on what the truth
 * says to ignore get no verdict.
 */
export function asVerdicts(
  comparison: Comparison,
  found: readonly ImageRect[],
  truth: readonly TruthBox[],
): KeptVerdicts {
  const verdicts = new Map<number, Verdict>(comparison.pairs.map(({ a }) => [a, { kind: 'right' }]));
  const missed: ImageRect[] = [];
  for (const difference of differencesOf(comparison, found, truth)) {
    if (difference.kind === 'missed') {
      const bound = truth[difference.truth]?.bound;
      if (difference.under === undefined && bound !== undefined) missed.push(bound);
      continue;
    }
    const place = difference.on === undefined ? undefined : truth[difference.on.truth]?.bound;
    verdicts.set(difference.found, {
      kind: 'wrong',
      reason: difference.why,
      ...(place === undefined || difference.why === 'double' ? {} : { place }),
    });
  }
  return { verdicts, missed };
}
