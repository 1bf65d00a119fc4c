import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import type { FaceId } from '#shared/face.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { emptySelection, extendTo, include, type Selection, selectAll, selectOnly, toggle } from '#shared/selection.ts';

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
  /** A long press began a selection of several: taps add to it, on stage and list alike, until nothing is selected. */
  readonly multiSelectMode: boolean;
  /** Where walking came to the end: a second press goes to the next picture while nothing else was selected or opened. */
  readonly walkEnd: Pick<SelectionState, 'scope' | 'revealCount'> | undefined;
};

export type SelectionActions = {
  openScope(scope: string): void;
  hover(id: FaceId | undefined): void;
  select(id: FaceId): void;
  toggle(id: FaceId): void;
  /** Adds a face, or keeps it, and begins a selection of several. */
  addToSelection(id: FaceId): void;
  extendTo(id: FaceId, shownOrder: readonly FaceId[]): void;
  /** Selects all of these; the primary one stays it where it is among them. */
  selectAll(shown: readonly FaceId[]): void;
  clear(): void;
};

const createSelectionStore = () =>
  createStore<SelectionState & SelectionActions>()((set) => {
    const change = (edit: (selection: Selection) => Selection, gathers?: boolean) =>
      set((state) => {
        const selection = edit(state.selections[state.scope] ?? emptySelection);
        return {
          selections: { ...state.selections, [state.scope]: selection },
          revealCount: state.revealCount + 1,
          multiSelectMode: selection.ids.length > 0 && (gathers ?? state.multiSelectMode),
        };
      });
    return {
      scope: '',
      selections: {},
      hovered: undefined,
      revealCount: 0,
      multiSelectMode: false,
      walkEnd: undefined,
      openScope: (scope) => set({ scope, hovered: undefined, multiSelectMode: false }),
      hover: (hovered) => set({ hovered }),
      select: (id) => change(() => selectOnly(id), false),
      toggle: (id) => change((selection) => toggle(selection, id)),
      addToSelection: (id) => change((selection) => include(selection, id), true),
      extendTo: (id, shownOrder) => change((selection) => extendTo(selection, id, shownOrder)),
      selectAll: (shown) => change((selection) => selectAll(selection, shown)),
      clear: () => change(() => emptySelection),
    };
  });

/** What a selection of a picture, as one engine sees it, is kept under. */
export const selectionScope = (id: PictureId, engine: EngineName): string => `${id} ${engine}`;

/** Takes out of a selection what is none of these faces: another answer about the same picture may have fewer. */
export function keepSelected(scope: string, faces: readonly FaceId[]): void {
  const { selections } = selectionStore.getState();
  const before = selections[scope];
  if (before === undefined || before.ids.every((id) => faces.includes(id))) return;
  const ids = before.ids.filter((id) => faces.includes(id));
  const anchor = before.anchor !== undefined && faces.includes(before.anchor) ? before.anchor : ids.at(-1);
  selectionStore.setState({ selections: { ...selections, [scope]: { ids, anchor } } });
}

/** Forgets every selection on a picture that is gone. */
export function dropSelectionsOf(id: PictureId): void {
  const { selections } = selectionStore.getState();
  const left = Object.entries(selections).filter(([scope]) => !scope.startsWith(`${id} `));
  if (left.length < Object.keys(selections).length) selectionStore.setState({ selections: Object.fromEntries(left) });
}

export type SelectionStore = ReturnType<typeof createSelectionStore>;

/** The page's own selection store. */
export const selectionStore: SelectionStore = createSelectionStore();

/** The selection of the open scope. */
export const currentSelection = (state: SelectionState): Selection => state.selections[state.scope] ?? emptySelection;

export const useSelection = (): Selection => useStore(selectionStore, currentSelection);
export const useHovered = (): FaceId | undefined => useStore(selectionStore, (state) => state.hovered);
export const useRevealCount = (): number => useStore(selectionStore, (state) => state.revealCount);
