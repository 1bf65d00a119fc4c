import type { FaceId } from './face.ts';

/**
 * Which faces of one picture are selected, or whatever else has ids. The last one is the primary one, the face that
 * Kolors gets; `anchor` is where a range that Shift extends begins.
 */
export type Selection<Id extends string = FaceId> = { readonly ids: readonly Id[]; readonly anchor: Id | undefined };

export const emptySelection: Selection<never> = { ids: [], anchor: undefined };

export const primaryOf = <Id extends string>(selection: Selection<Id>): Id | undefined => selection.ids.at(-1);
export const isSelected = <Id extends string>(selection: Selection<Id>, id: Id): boolean => selection.ids.includes(id);

/** Selects one and nothing else. */
export const selectOnly = <Id extends string>(id: Id): Selection<Id> => ({ ids: [id], anchor: id });

/** Adds one as the primary one, or takes it away. */
export function toggle<Id extends string>(selection: Selection<Id>, id: Id): Selection<Id> {
  const others = selection.ids.filter((other) => other !== id);
  return others.length === selection.ids.length
    ? { ids: [...others, id], anchor: id }
    : { ids: others, anchor: others.at(-1) };
}

/** Adds one as the primary one; one that is selected already stays and becomes it. */
export const include = <Id extends string>(selection: Selection<Id>, id: Id): Selection<Id> => ({
  ids: [...selection.ids.filter((other) => other !== id), id],
  anchor: id,
});

/** Selects everything from the anchor to `id`, in the order that is shown; `id` becomes the primary one. */
export function extendTo<Id extends string>(
  selection: Selection<Id>,
  id: Id,
  shownOrder: readonly Id[],
): Selection<Id> {
  const anchor = selection.anchor ?? id;
  const from = shownOrder.indexOf(anchor);
  const to = shownOrder.indexOf(id);
  if (from < 0 || to < 0) return selectOnly(id);
  const range = shownOrder.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: from <= to ? range : range.toReversed(), anchor };
}

/** Selects all of these; the primary one stays it where it is among them, else the last one is. */
export function selectAll<Id extends string>(selection: Selection<Id>, shown: readonly Id[]): Selection<Id> {
  const primary = primaryOf(selection);
  return primary !== undefined && shown.includes(primary)
    ? { ids: [...shown.filter((id) => id !== primary), primary], anchor: primary }
    : { ids: shown, anchor: shown[0] };
}
