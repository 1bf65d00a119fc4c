import type { StageBox } from '#face-canvas/index.ts';
import type { Comparison, TruthBox } from '#page/annotations/index.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { TONES } from './compare-marks.tsx';
import type { Layer } from './compare-state.ts';

/** Colour of what counts neither way. */
const NEITHER = '#c3c7d1';

type BoxesOfTruth = {
  readonly comparison: Comparison;
  readonly found: readonly ImageRect[];
  readonly truth: readonly TruthBox[];
  /** What a found box is called on its badge. */
  readonly numberOf: (found: number) => string;
  readonly layers: ReadonlySet<Layer>;
  /** The truth alone, whatever the legend says. */
  readonly truthOnly: boolean;
  /** From the space that is compared in to that of the stage. */
  readonly from: Size;
  readonly to: Size;
};

/** An answer and its truth as boxes of the stage: told apart by their lines and badges, and by colour as well. */
export function boxesOfTruth({
  comparison,
  found,
  truth,
  numberOf,
  layers,
  truthOnly,
  from,
  to,
}: BoxesOfTruth): readonly StageBox[] {
  const here = (bound: ImageRect | undefined): ImageRect[] => (bound === undefined ? [] : [rescale(bound, from, to)]);
  const trueBox = (index: number, label = '', tone: string = TONES.truth): readonly StageBox[] =>
    here(truth[index]?.bound).map((bound) => ({ id: `truth-${index}`, bound, label, tone, kind: 'truth' }));
  const ignored = [...truth.keys()].filter((index) => truth[index]?.ignored !== undefined);
  if (truthOnly) return [...truth.keys()].flatMap((index) => trueBox(index));

  const pairs = layers.has('matched')
    ? comparison.pairs.flatMap(({ a }) =>
        here(found[a]).map(
          (bound): StageBox => ({
            id: `found-${a}`,
            bound,
            label: `${numberOf(a)} ✓`,
            tone: TONES.matched,
            kind: 'found',
          }),
        ),
      )
    : [];
  const wrong = layers.has('false')
    ? comparison.wrong.flatMap((index) =>
        here(found[index]).map(
          (bound): StageBox => ({
            id: `found-${index}`,
            bound,
            label: `${numberOf(index)} ✕ False`,
            tone: TONES.false,
            kind: 'false',
            isLoud: true,
          }),
        ),
      )
    : [];
  const missed = layers.has('missed')
    ? comparison.missed.flatMap((index) =>
        here(truth[index]?.bound).map(
          (bound): StageBox => ({
            id: `missed-${index}`,
            bound,
            label: '+ Missed',
            tone: TONES.missed,
            kind: 'drawn',
            isLoud: true,
          }),
        ),
      )
    : [];
  const neither = comparison.ignored.flatMap((index) =>
    here(found[index]).map(
      (bound): StageBox => ({
        id: `found-${index}`,
        bound,
        label: `${numberOf(index)} –`,
        tone: NEITHER,
        kind: 'right',
      }),
    ),
  );
  const trueBoxes = layers.has('truth')
    ? [
        ...comparison.pairs.flatMap(({ b }) => trueBox(b)),
        // A missed face is drawn as such; where that is hidden, the truth still knows it.
        ...(layers.has('missed') ? [] : comparison.missed.flatMap((index) => trueBox(index))),
        ...ignored.flatMap((index) => trueBox(index, 'Ignored', NEITHER)),
      ]
    : [];
  return [...missed, ...wrong, ...trueBoxes, ...pairs, ...neither];
}
