import type { BoxId, SelectionSource, SelectionView } from '#face-canvas/index.ts';
import { emptySelection, extendTo, include, type Selection, selectOnly, toggle } from '#shared/selection.ts';

const NOTHING: SelectionView = {
  selection: emptySelection,
  hovered: undefined,
  revealCount: 0,
  multiSelectMode: false,
};

/** Selection and hover of a stage by itself, without anything of the page: what another program would write. */
export function ownSelection(): SelectionSource {
  let view = NOTHING;
  const listeners = new Set<(now: SelectionView, before: SelectionView) => void>();
  const become = (change: Partial<SelectionView>) => {
    const before = view;
    view = { ...view, ...change };
    for (const listener of listeners) listener(view, before);
  };
  const choose = (selection: Selection<BoxId>, multiSelectMode: boolean) =>
    become({
      selection,
      revealCount: view.revealCount + 1,
      multiSelectMode: multiSelectMode && selection.ids.length > 0,
    });
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hover: (hovered: BoxId | undefined) => become({ hovered }),
    select: (id) => choose(selectOnly(id), false),
    toggle: (id) => choose(toggle(view.selection, id), view.multiSelectMode),
    addToSelection: (id) => choose(include(view.selection, id), true),
    extendTo: (id, order) => choose(extendTo(view.selection, id, order), view.multiSelectMode),
    clear: () => choose(emptySelection, false),
  };
}
