import { useStore } from 'zustand';
import type { SelectionSource, SelectionView } from '#face-canvas/index.ts';
import { startComparing } from '#page/check/index.ts';
import { emptySelection, primaryOf, selectOnly } from '#shared/selection.ts';
import {
  type AnswersView,
  type ComparePlace,
  comparePlaceStore,
  type Layer,
  type StripFilter,
} from './compare-state.ts';

export const useComparePlace = <T>(select: (state: ComparePlace) => T): T => useStore(comparePlaceStore, select);

/** Opens the comparison with a truth that has just come. */
export function compareWith(set: string): void {
  comparePlaceStore.setState({ truth: `truth:${set}`, answer: undefined, filter: { kind: 'all' } });
  selectBox(undefined);
  startComparing();
}

/** Goes to a box; the stage brings it into sight. */
export const selectBox = (id: string | undefined): void =>
  comparePlaceStore.setState(({ revealCount }) => ({
    selection: id === undefined ? emptySelection : selectOnly(id),
    revealCount: revealCount + 1,
  }));

export const setIou = (from: number): void => {
  // The slider counts in binary: 0.1 + 0.2.
  comparePlaceStore.setState({ from: Math.round(from * 100) / 100 });
};

export function toggleLayer(layer: Layer): void {
  comparePlaceStore.setState(({ layers }) => {
    const next = new Set(layers);
    if (!next.delete(layer)) next.add(layer);
    return { layers: next };
  });
}

export const setStripFilter = (filter: StripFilter): void => comparePlaceStore.setState({ filter });
export const setStripOrder = (order: ComparePlace['order']): void => comparePlaceStore.setState({ order });
export const setAnswersView = (view: AnswersView): void => comparePlaceStore.setState({ view });
export const setOnlyDifferences = (onlyDifferences: boolean): void => comparePlaceStore.setState({ onlyDifferences });

/** Chooses what is compared; the numbers of boxes mean others then. */
export function chooseSides(sides: Partial<Pick<ComparePlace, 'answer' | 'truth'>>): void {
  selectBox(undefined);
  comparePlaceStore.setState({ ...sides, filter: { kind: 'all' } });
}

/** Tells a screen reader what one act did, in a sentence or two. */
export const announce = (text: string): void =>
  comparePlaceStore.setState(({ said }) => ({ said: { text, count: said.count + 1 } }));

const viewOf = ({ selection, hovered, revealCount }: ComparePlace): SelectionView => ({
  selection,
  hovered,
  revealCount,
  multiSelectMode: false,
});

const select = (id: string): void => comparePlaceStore.setState({ selection: selectOnly(id) });

/** The box that is looked at, as the stage follows and changes it: one at a time, or none. */
export const compareSelection: SelectionSource = {
  get: () => viewOf(comparePlaceStore.getState()),
  subscribe: (listener) => comparePlaceStore.subscribe((now, before) => listener(viewOf(now), viewOf(before))),
  hover: (hovered) => comparePlaceStore.setState({ hovered }),
  select,
  toggle: select,
  addToSelection: select,
  extendTo: select,
  clear: () => comparePlaceStore.setState({ selection: emptySelection }),
};

export const selectedBox = ({ selection }: Pick<ComparePlace, 'selection'>): string | undefined => primaryOf(selection);
