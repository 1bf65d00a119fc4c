import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { FaceId } from '#domain/face.ts';
import { emptySelection, extendTo, type Selection, selectOnly, toggle } from '#domain/selection.ts';

/**
 * Selection and hover, the one small store that canvas, list and JSON are views of. A selection belongs to a scope
 * (a picture as one engine sees it), so that going back to a picture finds the selection as it was left.
 */
export type SelectionState = {
  readonly scope: string;
  readonly selections: Readonly<Record<string, Selection>>;
  readonly hovered: FaceId | undefined;
  /** Counts selections made on purpose: views scroll the primary face into view when it changes, never on hover. */
  readonly revealCount: number;
};

export type SelectionActions = {
  openScope(scope: string): void;
  hover(id: FaceId | undefined): void;
  select(id: FaceId): void;
  toggle(id: FaceId): void;
  extendTo(id: FaceId, shownOrder: readonly FaceId[]): void;
  clear(): void;
};

export const createSelectionStore = () =>
  createStore<SelectionState & SelectionActions>()((set) => {
    const change = (edit: (selection: Selection) => Selection) =>
      set((state) => ({
        selections: { ...state.selections, [state.scope]: edit(state.selections[state.scope] ?? emptySelection) },
        revealCount: state.revealCount + 1,
      }));
    return {
      scope: '',
      selections: {},
      hovered: undefined,
      revealCount: 0,
      openScope: (scope) => set({ scope, hovered: undefined }),
      hover: (hovered) => set({ hovered }),
      select: (id) => change(() => selectOnly(id)),
      toggle: (id) => change((selection) => toggle(selection, id)),
      extendTo: (id, shownOrder) => change((selection) => extendTo(selection, id, shownOrder)),
      clear: () => change(() => emptySelection),
    };
  });

export type SelectionStore = ReturnType<typeof createSelectionStore>;

/** The page's own selection store. */
export const selectionStore: SelectionStore = createSelectionStore();

/** The selection of the open scope. */
export const currentSelection = (state: SelectionState): Selection => state.selections[state.scope] ?? emptySelection;

export const useSelection = (): Selection => useStore(selectionStore, currentSelection);
export const useHovered = (): FaceId | undefined => useStore(selectionStore, (state) => state.hovered);
export const useRevealCount = (): number => useStore(selectionStore, (state) => state.revealCount);
