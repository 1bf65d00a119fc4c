import type { FaceId } from '#shared/face.ts';
import type { Selection } from '#shared/selection.ts';

/** What is selected and hovered now. */
export type SelectionView = {
  readonly selection: Selection;
  readonly hovered: FaceId | undefined;
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
  hover(id: FaceId | undefined): void;
  select(id: FaceId): void;
  toggle(id: FaceId): void;
  /** Adds a face, or keeps it, and begins a selection of several. */
  addToSelection(id: FaceId): void;
  /** Selects everything from the primary face to this one, in the order given. */
  extendTo(id: FaceId, order: readonly FaceId[]): void;
  clear(): void;
};
