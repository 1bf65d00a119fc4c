import { createStore } from 'zustand/vanilla';
import { IOU_RANGE, type SizeClass } from '#page/annotations/index.ts';
import { partOf } from '#page/platform/store-part.ts';
import { emptySelection, type Selection } from '#shared/selection.ts';
import type { SideId } from './model/sides.ts';
import type { TruthRecord, TruthSet } from './model/truth.ts';

/** The truths that answers can be compared with, the newest first. */
export type TruthState = {
  readonly sets: readonly TruthSet[];
  /** By their keys. */
  readonly records: ReadonlyMap<string, TruthRecord>;
  /** Digests whose records are here. */
  readonly loaded: ReadonlySet<string>;
};

export const NO_TRUTHS: TruthState = { sets: [], records: new Map(), loaded: new Set() };

/** What the legend shows and hides. */
export type Layer = 'matched' | 'missed' | 'false' | 'truth';

/** Which pictures the strip lists. */
export type StripFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'matched' | 'missed' | 'false' | 'difference' }
  | { readonly kind: 'size'; readonly size: SizeClass };

/** How two answers lie beside each other. */
export type AnswersView = 'overlay' | 'beside' | 'flip';

/** Where a person is while comparing. What is not chosen follows from what there is (`chosenSides`). */
export type ComparePlace = {
  readonly answer: SideId | undefined;
  readonly truth: SideId | undefined;
  /** The least IoU of a match. */
  readonly from: number;
  readonly layers: ReadonlySet<Layer>;
  readonly filter: StripFilter;
  readonly order: 'worst' | 'given';
  readonly view: AnswersView;
  readonly onlyDifferences: boolean;
  readonly selection: Selection<string>;
  readonly hovered: string | undefined;
  readonly revealCount: number;
  /** What happened last, for a screen reader; `count` tells two equal sentences apart. */
  readonly said: { readonly text: string; readonly count: number };
};

const ALL_LAYERS: ReadonlySet<Layer> = new Set(['matched', 'missed', 'false', 'truth']);

/** All that comparing holds, in two parts; what happens to each is told in a file of its own. */
const compareStore = createStore<{ readonly truths: TruthState; readonly place: ComparePlace }>()(() => ({
  truths: NO_TRUTHS,
  place: {
    answer: undefined,
    truth: undefined,
    from: IOU_RANGE.usual,
    layers: ALL_LAYERS,
    filter: { kind: 'all' },
    order: 'worst',
    view: 'overlay',
    onlyDifferences: false,
    selection: emptySelection,
    hovered: undefined,
    revealCount: 0,
    said: { text: '', count: 0 },
  },
}));

/** What answers are compared with: `truth-store.ts`. */
export const truthStore = partOf(
  compareStore,
  ({ truths }) => truths,
  (truths) => ({ truths }),
);

/** Where one is: `compare-place.ts`. */
export const comparePlaceStore = partOf(
  compareStore,
  ({ place }) => place,
  (place) => ({ place }),
);
