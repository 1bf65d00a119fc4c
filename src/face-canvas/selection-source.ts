import type { Selection } from '#shared/selection.ts';
import type { BoxId } from './stage-box.ts';

/** What is selected and hovered now. */
export type SelectionView = {
  readonly selection: Selection<BoxId>;
  readonly hovered: BoxId | undefined;
  /** Grows with every selection made on purpose: the stage brings the primary face into sight then, never on hover. */
  readonly revealCount: number;
  /** A long press began a selection of several: taps add to it. */
  readonly multiSelectMode: boolean;
};

/**
 * Where selection and hover come from and where the stage's presses go. Read and followed outside React, so that
 * hovering and panning render nothing.
 */
export type SelectionSource = {
  get(): SelectionView;
  /** Hears of every change; gives the function that ends it. */
  subscribe(listener: (now: SelectionView, before: SelectionView) => void): () => void;
  hover(id: BoxId | undefined): void;
  select(id: BoxId): void;
  toggle(id: BoxId): void;
  /** Adds a face, or keeps it, and begins a selection of several. */
  addToSelection(id: BoxId): void;
  /** Selects everything from the primary face to this one, in the order given. */
  extendTo(id: BoxId, order: readonly BoxId[]): void;
  clear(): void;
};
