import type { FaceId } from './face.ts';

/**
 * Which faces of one picture are selected. The last one is the primary face, the one that Kolors gets; `anchor` is
 * where a range that Shift extends begins.
 */
export type Selection = { readonly ids: readonly FaceId[]; readonly anchor: FaceId | undefined };

export const emptySelection: Selection = { ids: [], anchor: undefined };

export const primaryOf = (selection: Selection): FaceId | undefined => selection.ids.at(-1);
export const isSelected = (selection: Selection, id: FaceId): boolean => selection.ids.includes(id);

/** Selects one face and nothing else. */
export const selectOnly = (id: FaceId): Selection => ({ ids: [id], anchor: id });

/** Adds a face as the primary one, or takes it away. */
export function toggle(selection: Selection, id: FaceId): Selection {
  const others = selection.ids.filter((other) => other !== id);
  return others.length === selection.ids.length
    ? { ids: [...others, id], anchor: id }
    : { ids: others, anchor: others.at(-1) };
}

/** Adds a face as the primary one; one that is selected already stays and becomes it. */
export const include = (selection: Selection, id: FaceId): Selection => ({
  ids: [...selection.ids.filter((other) => other !== id), id],
  anchor: id,
});

/** Selects everything from the anchor to `id`, in the order that is shown; `id` becomes the primary face. */
export function extendTo(selection: Selection, id: FaceId, shownOrder: readonly FaceId[]): Selection {
  const anchor = selection.anchor ?? id;
  const from = shownOrder.indexOf(anchor);
  const to = shownOrder.indexOf(id);
  if (from < 0 || to < 0) return selectOnly(id);
  const range = shownOrder.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: from <= to ? range : range.toReversed(), anchor };
}
